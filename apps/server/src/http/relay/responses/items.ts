import type { TokenLogprob } from "@nio/adapters"
import { wireLogprobs } from "../openai/chunks.ts"

/** An event of the stream, before it is numbered. */
export type Emit = (type: string, fields: object) => void

/** An item of the output that is being written. */
export type OpenItem = {
  /** What it comes to. */
  end(status: "completed" | "incomplete"): object
}

export type Place = { id: string; output_index: number }

const textPart = (text: string, logprobs: object[] = []) => ({
  type: "output_text",
  text,
  annotations: [],
  logprobs,
})
const refusalPart = (refusal: string) => ({ type: "refusal", refusal })

type Open = { kind: "output_text" | "refusal"; said: string; logprobs: object[] }

/** What the model says. A refusal is another part of it. */
export function openMessage({ id, output_index }: Place, emit: Emit) {
  const content: object[] = []
  let open: Open | undefined
  const at = () => ({ item_id: id, output_index, content_index: content.length })
  const item = (status: string) => ({ id, type: "message", status, role: "assistant", content })

  emit("response.output_item.added", {
    output_index,
    item: { ...item("in_progress"), content: [] },
  })

  const partOf = ({ kind, said, logprobs }: Open) =>
    kind === "refusal" ? refusalPart(said) : textPart(said, logprobs)

  function begin(kind: Open["kind"]) {
    if (open?.kind === kind) return open
    endPart()
    open = { kind, said: "", logprobs: [] }
    emit("response.content_part.added", { ...at(), part: partOf(open) })
    return open
  }

  function endPart() {
    if (!open) return
    const { kind, said, logprobs } = open
    if (kind === "refusal") emit("response.refusal.done", { ...at(), refusal: said })
    else emit("response.output_text.done", { ...at(), text: said, logprobs })
    const part = partOf(open)
    emit("response.content_part.done", { ...at(), part })
    content.push(part)
    open = undefined
  }

  return {
    say(delta: string, told: readonly TokenLogprob[] = []) {
      const part = begin("output_text")
      const logprobs = wireLogprobs(told).content
      part.said += delta
      part.logprobs.push(...logprobs)
      emit("response.output_text.delta", { ...at(), delta, logprobs })
    },
    refuse(delta: string) {
      begin("refusal").said += delta
      emit("response.refusal.delta", { ...at(), delta })
    },
    end(status: "completed" | "incomplete") {
      endPart()
      const done = item(status)
      emit("response.output_item.done", { output_index, item: done })
      return done
    },
  }
}

/** What the model thought: a summary of one part, and what seals it. */
export function openReasoning({ id, output_index }: Place, emit: Emit) {
  let text = ""
  let sealed: string | undefined
  const at = { item_id: id, output_index, summary_index: 0 }
  emit("response.output_item.added", { output_index, item: { id, type: "reasoning", summary: [] } })

  return {
    isSealed: () => sealed !== undefined,
    think(delta: string) {
      if (delta === "") return
      if (text === "")
        emit("response.reasoning_summary_part.added", {
          ...at,
          part: { type: "summary_text", text: "" },
        })
      text += delta
      emit("response.reasoning_summary_text.delta", { ...at, delta })
    },
    seal(content: string) {
      sealed = content
    },
    end() {
      const part = { type: "summary_text", text }
      if (text !== "") {
        emit("response.reasoning_summary_text.done", { ...at, text })
        emit("response.reasoning_summary_part.done", { ...at, part })
      }
      const summary = text === "" ? [] : [part]
      const item = { id, type: "reasoning", summary, ...(sealed && { encrypted_content: sealed }) }
      emit("response.output_item.done", { output_index, item })
      return item
    },
  }
}

export type Named = { callId: string; name: string; namespace?: string }
export type OpenCall = OpenItem & { write(delta: string): void }

/** A function the model wants called. Several may be written at once. */
export function openCall(
  { id, output_index }: Place,
  { callId, name, namespace }: Named,
  emit: Emit,
): OpenCall {
  let json = ""
  const item = (status: string) => ({
    id,
    type: "function_call",
    status,
    call_id: callId,
    name,
    ...(namespace && { namespace }),
    arguments: json,
  })
  emit("response.output_item.added", { output_index, item: item("in_progress") })

  return {
    write(delta: string) {
      if (delta === "") return
      json += delta
      emit("response.function_call_arguments.delta", { item_id: id, output_index, delta })
    },
    end(status: "completed" | "incomplete") {
      if (json === "" && status === "completed") this.write("{}")
      const done = item(status)
      emit("response.function_call_arguments.done", {
        item_id: id,
        output_index,
        name,
        arguments: json,
      })
      emit("response.output_item.done", { output_index, item: done })
      return done
    },
  }
}
