import type { ChatEvent, FinishReason, TokenLogprob, Usage } from "@nio/adapters"
import type { AnswerHead, StreamWriter, WholeWriter } from "../dialect.ts"
import { doneFrame, wireUsage } from "../openai/chunks.ts"
import { errorFrame } from "../openai/errors.ts"
import type { CompletionRequest } from "./read-request.ts"

const finishReasons: Record<FinishReason, string> = {
  stop: "stop",
  length: "length",
  "tool-calls": "stop",
  "content-filter": "content_filter",
  other: "stop",
}

/** Lists side by side, one entry a token; `offset` is where the first one stands in the text. */
function wireLogprobs(told: readonly TokenLogprob[], offset: number) {
  let at = offset
  const offsets = told.map(({ token }) => {
    const stands = at
    at += token.length
    return stands
  })
  return {
    tokens: told.map(({ token }) => token),
    token_logprobs: told.map(({ logprob }) => logprob),
    top_logprobs: told.map(({ top = [] }) =>
      Object.fromEntries(top.map(({ token, logprob }) => [token, logprob])),
    ),
    text_offset: offsets,
  }
}

/** Words of any kind: the dialect tells thoughts from text no more than a page of a book does. */
const wordsIn = (event: ChatEvent) =>
  event.type === "text" || event.type === "refusal" ? event.delta : undefined

const base = ({ id, created, model }: AnswerHead) => ({
  id: `cmpl-${id}`,
  object: "text_completion",
  created,
  model,
})

/** Choices are numbered through all prompts: which one's is this? */
const echoOf = ({ echo, request }: CompletionRequest, choice: number) =>
  echo[Math.floor(choice / (request.choices ?? 1))] ?? ""

/** @see https://platform.openai.com/docs/api-reference/completions/object */
export function tell(asked: CompletionRequest, head: AnswerHead): StreamWriter {
  const lengths = new Map<number, number>()
  let usage: Usage | undefined
  const frame = (fields: object) => `data: ${JSON.stringify({ ...base(head), ...fields })}\n\n`
  const usageField = asked.includeUsage ? { usage: null } : {}

  function chunk(index: number, text: string, finish: string | null, told?: TokenLogprob[]) {
    const length = lengths.get(index)
    const said = length === undefined ? echoOf(asked, index) + text : text
    const offset = (length ?? 0) + said.length - text.length
    lengths.set(index, (length ?? 0) + said.length)
    const logprobs = told ? wireLogprobs(told, offset) : null
    const choices = [{ text: said, index, logprobs, finish_reason: finish }]
    return frame({ choices, ...usageField })
  }

  function write(event: ChatEvent): string {
    if (event.type === "usage") {
      usage = event.usage
      return ""
    }
    if (event.type === "finish") return chunk(event.choice, "", finishReasons[event.reason])
    const words = wordsIn(event)
    const logprobs = event.type === "text" ? event.logprobs : undefined
    return words === undefined ? "" : chunk(event.choice, words, null, logprobs)
  }

  return {
    write: ({ events }) => events.map(write).join(""),
    async end(count) {
      if (!asked.includeUsage) return doneFrame
      return frame({ choices: [], usage: wireUsage(usage ?? (await count())) }) + doneFrame
    },
    fail: (error) => errorFrame(error) + doneFrame,
  }
}

type Choice = { text: string; logprobs: TokenLogprob[]; finish: FinishReason }

export function whole(asked: CompletionRequest, head: AnswerHead): WholeWriter {
  const choices = new Map<number, Choice>()
  let usage: Usage | undefined

  function choiceOf(index: number): Choice {
    const known = choices.get(index) ?? { text: "", logprobs: [], finish: "stop" }
    choices.set(index, known)
    return known
  }

  function add(event: ChatEvent) {
    if (event.type === "usage") {
      usage = event.usage
      return
    }
    const choice = choiceOf(event.choice)
    choice.text += wordsIn(event) ?? ""
    if (event.type === "text" && event.logprobs) choice.logprobs.push(...event.logprobs)
    if (event.type === "finish") choice.finish = event.reason
  }

  return {
    add: (events) => {
      for (const event of events) add(event)
    },
    body: (counted) => ({
      ...base(head),
      choices: [...choices]
        .sort(([a], [b]) => a - b)
        .map(([index, { text, logprobs, finish }]) => {
          const before = echoOf(asked, index)
          return {
            text: before + text,
            index,
            logprobs: logprobs.length > 0 ? wireLogprobs(logprobs, before.length) : null,
            finish_reason: finishReasons[finish],
          }
        }),
      usage: wireUsage(usage ?? counted),
    }),
  }
}
