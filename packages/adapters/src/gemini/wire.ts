import type { FinishReason, TokenLogprob, Usage } from "../spec/index.ts"
import { count, defined, type Json, record, records, text } from "../wire/json.ts"

/** @see https://ai.google.dev/api/generate-content#FinishReason */
const finishReasons: Record<string, FinishReason> = {
  STOP: "stop",
  MAX_TOKENS: "length",
  SAFETY: "content-filter",
  RECITATION: "content-filter",
  BLOCKLIST: "content-filter",
  PROHIBITED_CONTENT: "content-filter",
  SPII: "content-filter",
  MODEL_ARMOR: "content-filter",
  LANGUAGE: "content-filter",
  IMAGE_SAFETY: "content-filter",
  IMAGE_PROHIBITED_CONTENT: "content-filter",
  IMAGE_RECITATION: "content-filter",
}

/** Gemini says STOP after a tool call. */
export function finishOf(reason: unknown, calledTools: boolean): FinishReason | undefined {
  if (!text(reason) || reason === "FINISH_REASON_UNSPECIFIED") return undefined
  const finish = finishReasons[String(reason)] ?? "other"
  return finish === "stop" && calledTools ? "tool-calls" : finish
}

/** Gemini counts thoughts beside the candidates, and what tools put into the prompt beside it. */
export function usageOf(wire: unknown): Usage | undefined {
  const told = record(wire)
  const input = count(told.promptTokenCount)
  if (input === undefined) return undefined
  const reasoning = count(told.thoughtsTokenCount)
  return defined({
    input: input + (count(told.toolUsePromptTokenCount) ?? 0),
    output: (count(told.candidatesTokenCount) ?? 0) + (reasoning ?? 0),
    cachedInput: count(told.cachedContentTokenCount),
    reasoning,
    audioInput: audioIn(told.promptTokensDetails),
    audioOutput: audioIn(told.candidatesTokensDetails),
  })
}

const audioIn = (details: unknown) =>
  count(records(details).find(({ modality }) => modality === "AUDIO")?.tokenCount) || undefined

export function logprobsOf(wire: unknown): TokenLogprob[] | undefined {
  const { chosenCandidates, topCandidates } = record(wire)
  const chosen = records(chosenCandidates)
  const top = records(topCandidates)
  if (chosen.length === 0) return undefined
  return chosen.map((token, index) => {
    const others = records(top[index]?.candidates)
    return { ...logprob(token), ...(others.length > 0 && { top: others.map(logprob) }) }
  })
}

const logprob = ({ token, logProbability }: Json) => ({
  token: String(token ?? ""),
  logprob: Number(logProbability ?? 0),
})
