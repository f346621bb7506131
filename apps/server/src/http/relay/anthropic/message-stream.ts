import type { ChatEvent, FinishReason, Usage } from "@nio/adapters"
import type { AnswerHead } from "../dialect.ts"
import { imageMarkdown } from "../image-markdown.ts"
import { signatureOfCall } from "./call-signature.ts"
import { messageOf, stopReasons, wireUsage } from "./wire.ts"

export const frame = (data: { type: string } & Record<string, unknown>) =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`

export const pingFrame = frame({ type: "ping" })

type Open =
  | { type: "text" }
  | { type: "thinking" }
  | { type: "tool_use"; call: number; json: string }
type ToolCallEvent = ChatEvent & { type: "tool-call" }

/**
 * Writes events as the frames of a message stream: one block after another, each begun and ended.
 * What belongs to a later block waits while a tool call is not complete, for a block that has
 * ended cannot be taken up again.
 *
 * @param input tokens of the question, roughly: they are told first and corrected at the end
 */
export function createMessageWriter({ id, model }: AnswerHead, input: number) {
  let begun = false
  let open: Open | undefined
  let index = -1
  let waiting: ChatEvent[] = []
  let finish: FinishReason = "stop"
  let usage: Usage | undefined

  const delta = (delta: object) => frame({ type: "content_block_delta", index, delta })

  function start() {
    if (begun) return ""
    begun = true
    const message = { ...messageOf(id, model), content: [], stop_reason: null, stop_sequence: null }
    const usage = wireUsage({ input, output: 1 })
    return frame({ type: "message_start", message: { ...message, usage } }) + pingFrame
  }

  function begin(block: Open, content_block: object) {
    const before = close()
    open = block
    index += 1
    return before + frame({ type: "content_block_start", index, content_block })
  }

  function close() {
    if (!open) return ""
    open = undefined
    return frame({ type: "content_block_stop", index })
  }

  function say(text: string) {
    if (!text) return ""
    const before = open?.type === "text" ? "" : begin({ type: "text" }, { type: "text", text: "" })
    return before + delta({ type: "text_delta", text })
  }

  function think({ delta: thinking, signature, redacted }: ChatEvent & { type: "reasoning" }) {
    if (redacted)
      return begin({ type: "thinking" }, { type: "redacted_thinking", data: redacted }) + close()
    return (
      thought() +
      (thinking && delta({ type: "thinking_delta", thinking })) +
      (signature ? sign(signature) : "")
    )
  }

  const thought = () =>
    open?.type === "thinking"
      ? ""
      : begin({ type: "thinking" }, { type: "thinking", thinking: "", signature: "" })

  /** A signature ends a thought. */
  const sign = (signature: string) => delta({ type: "signature_delta", signature }) + close()

  function callTool({ index: call, id, name, argumentsDelta, signature }: ToolCallEvent) {
    let said = ""
    if (open?.type !== "tool_use" || open.call !== call) {
      if (signature) said += thought() + sign(signatureOfCall(signature))
      const block = { type: "tool_use", id: id ?? "", name: name ?? "", input: {} }
      said += begin({ type: "tool_use", call, json: "" }, block)
    }
    if (!argumentsDelta) return said
    if (open?.type === "tool_use") open.json += argumentsDelta
    return said + delta({ type: "input_json_delta", partial_json: argumentsDelta })
  }

  function write(event: ChatEvent): string {
    if (event.type === "usage") usage = event.usage
    if (event.type === "usage" || event.choice > 0) return ""
    if (event.type === "finish") {
      finish = event.reason
      return tellAll()
    }
    if (isIncomplete(open) && !belongsTo(open, event)) {
      waiting.push(event)
      return ""
    }
    const said = tell(event)
    return waiting.length > 0 && !isIncomplete(open) ? said + writeAgain() : said
  }

  /** The open call is complete: those who waited for it get their turn. */
  function writeAgain() {
    const again = waiting
    waiting = []
    return again.map(write).join("")
  }

  /** Nothing follows: what waits is told, call by call. */
  function tellAll(): string {
    const [first] = waiting
    if (!first) return ""
    const [same, others] = parted(waiting, (event) => event === first || isSameCall(event, first))
    waiting = others
    return same.map(tell).join("") + tellAll()
  }

  function tell(event: ChatEvent): string {
    switch (event.type) {
      case "text":
      case "refusal":
        return say(event.delta)
      case "image":
        return say(imageMarkdown(event))
      case "reasoning":
        return think(event)
      case "tool-call":
        return callTool(event)
      default:
        return ""
    }
  }

  return {
    /** The frames for some events; empty when they have nothing to show yet. */
    write(events: readonly ChatEvent[]) {
      return start() + events.map(write).join("")
    },
    /** Whether the upstream has told its usage. */
    counted: () => usage !== undefined,
    /** The last frames. `counted` stands in for a usage the upstream did not send. */
    end(counted: Usage | undefined) {
      const told = usage ?? counted
      const stop = { stop_reason: stopReasons[finish], stop_sequence: null }
      return (
        start() +
        tellAll() +
        close() +
        frame({
          type: "message_delta",
          delta: stop,
          usage: wireUsage(told ?? { input, output: 0 }),
        }) +
        frame({ type: "message_stop" })
      )
    },
  }
}

/** Arguments are an object: nothing follows its last brace. */
function isIncomplete(open: Open | undefined): open is Open & { type: "tool_use" } {
  if (open?.type !== "tool_use") return false
  if (!open.json.trimEnd().endsWith("}")) return true
  try {
    JSON.parse(open.json)
    return false
  } catch {
    return true
  }
}

const belongsTo = ({ call }: Open & { type: "tool_use" }, event: ChatEvent) =>
  event.type === "tool-call" && event.index === call

const isSameCall = (one: ChatEvent, other: ChatEvent) =>
  one.type === "tool-call" && other.type === "tool-call" && one.index === other.index

const parted = <Value>(values: Value[], belongs: (value: Value) => boolean) =>
  [values.filter(belongs), values.filter((value) => !belongs(value))] as const
