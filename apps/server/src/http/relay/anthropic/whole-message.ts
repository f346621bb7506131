import type { ChatEvent, FinishReason, Usage } from "@nio/adapters"
import type { AnswerHead, WholeWriter } from "../dialect.ts"
import { imageMarkdown } from "../image-markdown.ts"
import { signatureOfCall } from "./call-signature.ts"
import { messageOf, stopReasons, wireUsage } from "./wire.ts"

type Block =
  | { type: "text"; text: string }
  | { type: "thinking"; thinking: string; signature: string }
  | { type: "redacted_thinking"; data: string }
  | { type: "tool_use"; id: string; name: string; input: string }

/** Collects events into one message. */
export function createMessage({ id, model }: AnswerHead): WholeWriter {
  const blocks: Block[] = []
  const calls = new Map<number, Block & { type: "tool_use" }>()
  let finish: FinishReason = "stop"
  let usage: Usage | undefined

  function say(text: string) {
    const last = blocks.at(-1)
    if (last?.type === "text") last.text += text
    else if (text) blocks.push({ type: "text", text })
  }

  /** A signature ends a thought. */
  function think(text: string, signature = "") {
    const last = blocks.at(-1)
    if (last?.type === "thinking" && last.signature === "") {
      last.thinking += text
      last.signature = signature
    } else blocks.push({ type: "thinking", thinking: text, signature })
  }

  function callTool({ index, id, name, argumentsDelta, signature }: ToolCallEvent) {
    let call = calls.get(index)
    if (!call) {
      if (signature) think("", signatureOfCall(signature))
      call = { type: "tool_use", id: id ?? "", name: name ?? "", input: "" }
      calls.set(index, call)
      blocks.push(call)
    }
    call.input += argumentsDelta
  }

  function add(event: ChatEvent) {
    if (event.type === "usage") {
      usage = event.usage
      return
    }
    if (event.choice > 0) return
    switch (event.type) {
      case "text":
      case "refusal":
        return say(event.delta)
      case "image":
        return say(imageMarkdown(event))
      case "reasoning":
        if (event.redacted) blocks.push({ type: "redacted_thinking", data: event.redacted })
        else think(event.delta, event.signature)
        return
      case "tool-call":
        return callTool(event)
      case "finish":
        finish = event.reason
    }
  }

  return {
    add(events) {
      for (const event of events) add(event)
    },
    body: (counted) => ({
      ...messageOf(id, model),
      content: blocks.map((block) =>
        block.type === "tool_use" ? { ...block, input: parsed(block.input) } : block,
      ),
      stop_reason: stopReasons[finish],
      stop_sequence: null,
      usage: wireUsage(usage ?? counted),
    }),
  }
}

type ToolCallEvent = ChatEvent & { type: "tool-call" }

/** Anthropic's clients expect an object, whatever the model wrote. */
function parsed(json: string): object {
  try {
    const input: unknown = JSON.parse(json || "{}")
    return typeof input === "object" && input !== null ? input : { value: input }
  } catch {
    return {}
  }
}
