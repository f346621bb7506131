import type { ChatEvent, FinishReason, Usage } from "@nio/adapters"
import { openCustomCall } from "./custom-call.ts"
import { type Emit, openCall, openMessage, openReasoning } from "./items.ts"
import { sealCall, sealRedacted } from "./sealed.ts"
import type { Called } from "./tools.ts"

/**
 * Puts the events of an answer together into the items of a response, and emits what a stream
 * tells of each. Thoughts and words end when something else begins; calls stay open until the end,
 * for an upstream may write several at once.
 */
export function createOutput(id: string, calledAs: (name: string) => Called, emit: Emit) {
  const items: object[] = []
  const calls = new Map<number, ReturnType<typeof openCall>>()
  const callPlaces = new Map<number, number>()
  let message: ReturnType<typeof openMessage> | undefined
  let reasoning: ReturnType<typeof openReasoning> | undefined
  let messagePlace = 0
  let places = 0
  let finish: FinishReason | undefined
  let usage: Usage | undefined

  const place = (prefix: string) => {
    const output_index = places++
    return { id: `${prefix}_${id}_${output_index}`, output_index }
  }

  function endMessage(status: "completed" | "incomplete" = "completed") {
    if (message) items[messagePlace] = message.end(status)
    message = undefined
  }

  function endReasoning() {
    if (reasoning) items[reasoningPlace] = reasoning.end()
    reasoning = undefined
  }
  let reasoningPlace = 0

  function thoughts() {
    endMessage()
    if (reasoning?.isSealed()) endReasoning()
    if (reasoning) return reasoning
    const at = place("rs")
    reasoningPlace = at.output_index
    reasoning = openReasoning(at, emit)
    return reasoning
  }

  function words() {
    endReasoning()
    if (message) return message
    const at = place("msg")
    messagePlace = at.output_index
    message = openMessage(at, emit)
    return message
  }

  function callOf(event: ChatEvent & { type: "tool-call" }) {
    const known = calls.get(event.index)
    if (known) return known
    if (event.signature) {
      endReasoning()
      thoughts().seal(sealCall(event.signature))
    }
    endReasoning()
    endMessage()
    const called = calledAs(event.name ?? "")
    const custom = called.type === "custom"
    const at = place(custom ? "ctc" : "fc")
    const call = (custom ? openCustomCall : openCall)(
      at,
      { ...called, callId: event.id ?? "" },
      emit,
    )
    calls.set(event.index, call)
    callPlaces.set(event.index, at.output_index)
    return call
  }

  function picture({ mime, data }: ChatEvent & { type: "image" }) {
    endReasoning()
    endMessage()
    const at = place("ig")
    const item = {
      id: at.id,
      type: "image_generation_call",
      status: "completed",
      output_format: mime.replace("image/", ""),
      result: data,
    }
    const { output_index } = at
    emit("response.output_item.added", { output_index, item: { ...item, status: "in_progress" } })
    emit("response.output_item.done", { output_index, item })
    items[output_index] = item
  }

  return {
    add(event: ChatEvent) {
      if (event.type === "usage") {
        usage = event.usage
        return
      }
      // One answer is all the dialect has room for.
      if (event.choice > 0) return
      switch (event.type) {
        case "text":
          if (event.delta || event.logprobs) words().say(event.delta, event.logprobs)
          return
        case "refusal":
          words().refuse(event.delta)
          return
        case "reasoning": {
          const { delta, signature, redacted } = event
          const thought = thoughts()
          thought.think(delta)
          if (redacted) thought.seal(sealRedacted(redacted))
          else if (signature) thought.seal(signature)
          return
        }
        case "tool-call":
          callOf(event).write(event.argumentsDelta)
          return
        case "image":
          picture(event)
          return
        case "finish":
          finish = event.reason
      }
    },
    /** Ends what is open. An answer that was broken off is not complete. */
    end(broken = false) {
      const cutShort = broken || finish === "length" || finish === "content-filter"
      const status = cutShort ? "incomplete" : "completed"
      endReasoning()
      endMessage(status)
      for (const [index, call] of calls) items[callPlaces.get(index)!] = call.end(status)
      calls.clear()
    },
    items: () => items.filter(Boolean),
    finish: () => finish,
    usage: () => usage,
  }
}
