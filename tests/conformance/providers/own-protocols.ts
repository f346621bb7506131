import type { FinishReason } from "@nio/adapters"
import { nothingTold, type Outcome, type Told } from "./answer.ts"

const finishes: Record<string, FinishReason> = {
  stop: "stop",
  length: "length",
  tool_calls: "tool-calls",
}

/**
 * DashScope's own interface: one choice, its words plain, in parts, or (the oldest) beside it.
 *
 * @param whole whether each frame repeats all that was said
 */
export function dashscope(frames: any[], whole: boolean): Omit<Outcome, "error"> {
  const told = nothingTold()
  let wire: any
  for (const { output, usage } of frames) {
    wire = usage ?? wire
    const choice = output.choices?.[0] ?? output
    const said = choice.message ?? { content: output.text }
    if (whole) told.text = ""
    if (Array.isArray(said.content)) for (const part of said.content) told.text += part.text ?? ""
    else told.text += said.content ?? ""
    told.reasoning += said.reasoning_content ?? ""
    for (const call of said.tool_calls ?? []) {
      told.calls[call.index] ??= { id: call.id, name: call.function.name, arguments: "" }
      told.calls[call.index]!.arguments += call.function.arguments
    }
    if (choice.finish_reason && choice.finish_reason !== "null")
      told.finish = finishes[choice.finish_reason]
  }
  const cachedInput = wire?.prompt_tokens_details?.cached_tokens
  const reasoning = wire?.output_tokens_details?.reasoning_tokens
  return {
    choices: frames.length > 0 ? { 0: ended(told) } : {},
    usage: wire && {
      input: wire.input_tokens,
      output: wire.output_tokens,
      ...(cachedInput !== undefined && { cachedInput }),
      ...(reasoning !== undefined && { reasoning }),
    },
  }
}

/** Tencent Cloud's API 3.0; a call of a stream that has no name goes on with the one before. */
export function hunyuanCloud(frames: any[]): Omit<Outcome, "error"> {
  const told = nothingTold()
  let usage: Outcome["usage"]
  for (const frame of frames) {
    const { Choices = [], Usage } = frame.Response ?? frame
    for (const { Delta, Message = Delta, FinishReason } of Choices) {
      told.text += Message.Content ?? ""
      for (const { Id, Function: called } of Message.ToolCalls ?? []) {
        if (called.Name) told.calls.push({ id: Id, name: called.Name, arguments: "" })
        told.calls.at(-1)!.arguments += called.Arguments
      }
      if (FinishReason) told.finish = finishes[FinishReason]
    }
    if (Usage) usage = { input: Usage.PromptTokens, output: Usage.CompletionTokens }
  }
  return { choices: told.finish ? { 0: ended(told) } : {}, usage }
}

/** The first version of Baidu's: a call carries the thoughts that led to it. */
export function wenxin(frames: any[]): Omit<Outcome, "error"> {
  const told = nothingTold()
  let usage: Outcome["usage"]
  for (const { result, function_call: call, is_end, finish_reason, usage: wire } of frames) {
    told.text += result
    if (call)
      told.calls.push({ id: undefined as never, name: call.name, arguments: call.arguments })
    told.reasoning += call?.thoughts ?? ""
    if (is_end !== false) told.finish = finish_reason === "normal" ? "stop" : "tool-calls"
    usage = { input: wire.prompt_tokens, output: wire.completion_tokens }
  }
  return { choices: { 0: told }, usage }
}

/** Whoever stops with a call in hand has called. */
const ended = (told: Told): Told =>
  told.finish === "stop" && told.calls.length > 0 ? { ...told, finish: "tool-calls" } : told
