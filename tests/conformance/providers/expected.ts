import type { FinishReason } from "@nio/adapters"
import { nothingTold, type Outcome, type Told } from "./answer.ts"
import type { Walk } from "./plan.ts"
import type { Recording } from "./recordings.ts"

/** What a recording says. Slow and plain on purpose: whoever doubts an adapter reads this. */
export const expectedOf = (recording: Recording, walk: Walk): Omit<Outcome, "error"> =>
  walk(framesOf(recording), recording)

/** How the failure in a recording begins. What follows may name things that are hidden. */
export function failureIn(recording: Recording): string | undefined {
  const failed = allFrames(recording).find(
    ({ error, detail, code, Response, message, promptFeedback }) =>
      error ??
      detail ??
      code ??
      Response?.Error ??
      promptFeedback?.blockReason ??
      typeof message === "string",
  )
  if (failed?.promptFeedback?.blockReason) return "The prompt was blocked ("
  const said =
    failed?.Response?.Error.Message ??
    failed?.error?.message ??
    failed?.message ??
    failed?.error ??
    failed?.detail
  return said?.slice(0, 24)
}

/** Up to the error, if there is one. */
function framesOf(recording: Recording): any[] {
  const frames = allFrames(recording)
  const failed = frames.findIndex((frame) => frame.error ?? frame.code)
  return failed < 0 ? frames : frames.slice(0, failed)
}

function allFrames({ body, decoded, headers }: Recording): any[] {
  if (decoded) return decoded.map((payload) => payload.bytes_decoded ?? payload)
  const text = new TextDecoder().decode(body)
  if (/ndjson/.test(headers["content-type"] ?? ""))
    return text.split("\n").flatMap((line) => (line === "" ? [] : JSON.parse(line)))
  if (text.trimStart().startsWith("{")) return [JSON.parse(text)]
  const bare = /\n\s*\n(\{[\s\S]*\})\s*$/.exec(text)?.[1]
  return [...eventsIn(text), ...(bare ? [JSON.parse(bare)] : [])]
}

const eventsIn = (text: string) =>
  text
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:") && !line.includes("[DONE]"))
    .map((line) => JSON.parse(line.slice(5)))

function choiceIn(choices: Record<number, Told>, index: number | undefined) {
  choices[index ?? 0] ??= nothingTold()
  return choices[index ?? 0]!
}

const openaiFinish: Record<string, FinishReason> = {
  stop: "stop",
  length: "length",
  tool_calls: "tool-calls",
  tool_call: "tool-calls",
  function_call: "tool-calls",
  content_filter: "content-filter",
}

export function openai(frames: any[]) {
  const choices: Record<number, Told> = {}
  let wire: any
  for (const frame of frames) {
    wire = frame.usage ?? frame.x_groq?.usage ?? wire
    for (const choice of frame.choices ?? []) {
      const said = choice.delta ?? choice.message ?? {}
      const saysNothing = !Object.values(said).some(
        (value: any) => value?.length > 0 && value !== "assistant",
      )
      if (saysNothing && !choice.finish_reason && !choices[choice.index]) continue
      const told = choiceIn(choices, choice.index)
      if (typeof said.content === "string") told.text += said.content
      for (const part of Array.isArray(said.content) ? said.content : []) {
        told.text += part.text ?? ""
        for (const thought of part.thinking ?? []) told.reasoning += thought.text
      }
      told.reasoning += said.reasoning_content ?? said.reasoning ?? detailsOf(said)
      told.refusal += said.refusal ?? ""
      for (const call of said.tool_calls ??
        (said.function_call ? [{ function: said.function_call }] : [])) {
        // OpenRouter puts every call of a Gemini model at index 0: there the id tells them apart.
        const sameId = told.calls.findIndex(({ id }) => id === call.id)
        // DashScope repeats an empty id with every piece.
        const begins = Boolean(call.id) && sameId < 0
        const index = begins ? told.calls.length : sameId < 0 ? (call.index ?? 0) : sameId
        told.calls[index] ??= { id: call.id, name: call.function.name, arguments: "" }
        told.calls[index].arguments += call.function.arguments ?? ""
      }
      if (choice.finish_reason) told.finish = openaiFinish[choice.finish_reason]!
      if (told.calls.length > 0 && told.finish === "stop") told.finish = "tool-calls"
    }
  }
  const reasoning = wire?.completion_tokens_details?.reasoning_tokens
  const beside =
    wire && reasoning && wire.total_tokens > wire.prompt_tokens + wire.completion_tokens
      ? reasoning
      : 0
  const cachedInput =
    wire?.prompt_tokens_details?.cached_tokens ??
    wire?.cached_tokens ??
    wire?.prompt_cache_hit_tokens
  return {
    choices,
    usage: wire && {
      input: wire.prompt_tokens,
      output: wire.completion_tokens + beside,
      ...(typeof cachedInput === "number" && { cachedInput }),
      ...(typeof wire.prompt_tokens_details?.cache_write_tokens === "number" && {
        cacheWriteInput: wire.prompt_tokens_details.cache_write_tokens,
      }),
      ...(typeof reasoning === "number" && { reasoning }),
    },
  }
}

const detailsOf = ({ reasoning_details: details }: any) =>
  details?.map(({ text = "" }: any) => text).join("") ?? ""

const anthropicFinish: Record<string, FinishReason> = {
  end_turn: "stop",
  stop_sequence: "stop",
  pause_turn: "stop",
  max_tokens: "length",
  tool_use: "tool-calls",
  refusal: "content-filter",
}

export function anthropic(frames: any[]) {
  const told = nothingTold()
  const blocks: any[] = []
  let usage: any
  const end = (reason: string) => {
    told.finish = anthropicFinish[reason]!
  }
  for (const frame of frames) {
    if (frame.type === "message") {
      blocks.push(
        ...frame.content.map((block: any) => ({ ...block, json: JSON.stringify(block.input) })),
      )
      usage = frame.usage
      end(frame.stop_reason)
    }
    if (frame.type === "message_start") usage = frame.message.usage
    if (frame.type === "content_block_start")
      blocks[frame.index] = { text: "", thinking: "", json: "", ...frame.content_block }
    if (frame.type === "content_block_delta") {
      const { text = "", thinking = "", partial_json = "" } = frame.delta
      blocks[frame.index].text += text
      blocks[frame.index].thinking += thinking
      blocks[frame.index].json += partial_json
    }
    if (frame.type === "message_delta") {
      end(frame.delta.stop_reason)
      for (const [name, value] of Object.entries(frame.usage))
        if (value !== null) usage[name] = value
    }
  }
  for (const block of blocks) {
    if (block.type === "text") told.text += block.text
    if (block.type === "thinking") told.reasoning += block.thinking
    if (block.type === "tool_use")
      told.calls.push({ id: block.id, name: block.name, arguments: block.json || "{}" })
  }
  const { cache_read_input_tokens: read, cache_creation_input_tokens: written } = usage
  const reasoning = usage.output_tokens_details?.thinking_tokens
  return {
    choices: { 0: told },
    usage: {
      input: usage.input_tokens + (read ?? 0) + (written ?? 0),
      output: usage.output_tokens,
      ...(typeof read === "number" && { cachedInput: read }),
      ...(typeof written === "number" && { cacheWriteInput: written }),
      ...(typeof reasoning === "number" && { reasoning }),
    },
  }
}

const geminiFinish: Record<string, FinishReason> = {
  STOP: "stop",
  MAX_TOKENS: "length",
  SAFETY: "content-filter",
  RECITATION: "content-filter",
  MODEL_ARMOR: "content-filter",
  UNEXPECTED_TOOL_CALL: "other",
}

export function gemini(frames: any[]) {
  const choices: Record<number, Told> = {}
  let wire: any
  for (const frame of frames) {
    wire = frame.usageMetadata ?? wire
    for (const candidate of frame.candidates ?? []) {
      const told = choiceIn(choices, candidate.index)
      for (const part of candidate.content?.parts ?? []) {
        if (part.thought) told.reasoning += part.text
        else told.text += part.text ?? ""
        if (part.executableCode)
          told.text += `\n\`\`\`${part.executableCode.language.toLowerCase()}\n${part.executableCode.code}\n\`\`\`\n`
        if (part.codeExecutionResult?.output)
          told.text += `\n\`\`\`\n${part.codeExecutionResult.output}\n\`\`\`\n`
        if (part.inlineData?.mimeType.startsWith("image/")) told.images += 1
        if (part.functionCall) {
          const { id, name, args } = part.functionCall
          told.calls.push({ id, name, arguments: JSON.stringify(args) })
        }
      }
      if (candidate.finishReason) told.finish = geminiFinish[candidate.finishReason]!
      if (told.calls.length > 0 && told.finish === "stop") told.finish = "tool-calls"
    }
  }
  return {
    choices,
    usage: wire && {
      input: wire.promptTokenCount + (wire.toolUsePromptTokenCount ?? 0),
      output: (wire.candidatesTokenCount ?? 0) + (wire.thoughtsTokenCount ?? 0),
      ...("cachedContentTokenCount" in wire && { cachedInput: wire.cachedContentTokenCount }),
      ...("thoughtsTokenCount" in wire && { reasoning: wire.thoughtsTokenCount }),
    },
  }
}

/** A stream ends with the whole response, which says what its pieces must have come to. */
export function responses(frames: any[]) {
  const response = frames.at(-1)?.response ?? frames.at(-1)
  if (!response?.output?.length && response?.status !== "incomplete")
    return { choices: {}, usage: undefined }
  const told = nothingTold()
  for (const item of response.output) {
    if (item.type === "reasoning")
      told.reasoning += [...(item.summary ?? []), ...(item.content ?? [])]
        .map(({ text }: any) => text)
        .join("\n\n")
    if (item.type === "function_call")
      told.calls.push({ id: item.call_id, name: item.name, arguments: item.arguments })
    if (item.type === "image_generation_call" && item.result) told.images += 1
    for (const part of item.type === "message" ? item.content : []) {
      told.text += part.text ?? ""
      told.refusal += part.refusal ?? ""
    }
  }
  const reason = response.incomplete_details?.reason
  if (reason) told.finish = reason === "content_filter" ? "content-filter" : "length"
  else told.finish = told.calls.length > 0 ? "tool-calls" : "stop"
  const { input_tokens, output_tokens, input_tokens_details, output_tokens_details } =
    response.usage
  return {
    choices: { 0: told },
    usage: {
      input: input_tokens,
      output: output_tokens,
      cachedInput: input_tokens_details.cached_tokens,
      ...("cache_write_tokens" in input_tokens_details && {
        cacheWriteInput: input_tokens_details.cache_write_tokens,
      }),
      reasoning: output_tokens_details.reasoning_tokens,
    },
  }
}

/** From before chat: only text, and a reason. */
export const completions = (frames: any[]) =>
  openai(
    frames.map((frame) => ({
      ...frame,
      choices: frame.choices?.map(({ text, ...choice }: any) => ({
        ...choice,
        delta: { content: text },
      })),
    })),
  )
