import type { FinishReason } from "@nio/adapters"
import { nothingTold } from "./answer.ts"

const cohereFinish: Record<string, FinishReason> = {
  COMPLETE: "stop",
  MAX_TOKENS: "length",
  TOOL_CALL: "tool-calls",
}

/** Documents have lists where the events of a stream have one thing. */
export function cohere(frames: any[]) {
  const told = nothingTold()
  let wire: any
  for (const frame of frames) {
    const message = frame.delta?.message ?? frame.message ?? {}
    for (const block of [message.content ?? []].flat()) {
      told.text += block.text ?? ""
      told.reasoning += block.thinking ?? ""
    }
    told.reasoning += message.tool_plan ?? ""
    for (const { id, function: called } of [message.tool_calls ?? []].flat())
      if (id) told.calls.push({ id, name: called.name, arguments: called.arguments })
      else told.calls.at(-1)!.arguments += called.arguments
    wire = frame.usage ?? frame.delta?.usage ?? wire
    const reason = frame.finish_reason ?? frame.delta?.finish_reason
    if (reason) told.finish = cohereFinish[reason]!
  }
  for (const call of told.calls) call.arguments ||= "{}"
  return {
    choices: { 0: told },
    usage: wire && {
      input: wire.tokens.input_tokens,
      output: wire.tokens.output_tokens,
      ...("cached_tokens" in wire && { cachedInput: wire.cached_tokens }),
      ...("reasoning_tokens" in wire.tokens && { reasoning: wire.tokens.reasoning_tokens }),
    },
  }
}

export function ollama(frames: any[]) {
  const told = nothingTold()
  for (const { message } of frames) {
    told.text += message.content
    told.reasoning += message.thinking ?? ""
    for (const { id, function: called } of message.tool_calls ?? [])
      told.calls.push({ id, name: called.name, arguments: JSON.stringify(called.arguments) })
  }
  const last = frames.at(-1)
  told.finish = told.calls.length > 0 ? "tool-calls" : last.done_reason
  return {
    choices: { 0: told },
    usage: { input: last.prompt_eval_count, output: last.eval_count },
  }
}

const converseFinish: Record<string, FinishReason> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  tool_use: "tool-calls",
  guardrail_intervened: "content-filter",
}

export function converse(frames: any[]) {
  const told = nothingTold()
  const blocks: any[] = []
  let wire: any
  for (const frame of frames) {
    const at = frame.contentBlockIndex
    if (frame.output) blocks.push(...frame.output.message.content.map(wholeBlock))
    if (frame.start?.toolUse) blocks[at] = { call: frame.start.toolUse, json: "" }
    if (frame.delta) {
      blocks[at] ??= { text: "", thought: "" }
      blocks[at].text += frame.delta.text ?? ""
      blocks[at].thought += frame.delta.reasoningContent?.text ?? ""
      blocks[at].json += frame.delta.toolUse?.input ?? ""
    }
    if (frame.stopReason) told.finish = converseFinish[frame.stopReason]!
    wire = frame.usage ?? wire
  }
  for (const { text, thought, call, json } of blocks.filter(Boolean)) {
    if (call && call.type !== "server_tool_use")
      told.calls.push({ id: call.toolUseId, name: call.name, arguments: json || "{}" })
    if (call) continue
    told.text += text ?? ""
    told.reasoning += thought ?? ""
  }
  const { cacheReadInputTokens: read, cacheWriteInputTokens: written } = wire
  return {
    choices: { 0: told },
    usage: {
      input: wire.inputTokens + (read ?? 0) + (written ?? 0),
      output: wire.outputTokens,
      ...(typeof read === "number" && { cachedInput: read }),
      ...(typeof written === "number" && { cacheWriteInput: written }),
    },
  }
}

const wholeBlock = ({ text, reasoningContent, toolUse }: any) => ({
  text,
  thought: reasoningContent?.reasoningText.text,
  call: toolUse,
  json: toolUse && JSON.stringify(toolUse.input),
})
