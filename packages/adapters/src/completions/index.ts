import { judge } from "../openai/errors.ts"
import { passedOn } from "../openai/passed-on.ts"
import { createGlance, markers } from "../openai/stream.ts"
import type { ChatRequest, Upstream } from "../spec/index.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { createReader, readDocument } from "./read.ts"
import { toBody } from "./request.ts"

type Place = {
  address: (request: ChatRequest, upstream: Upstream) => string
  headers: (upstream: Upstream) => Record<string, string>
}

/** OpenAI's completions from before chat, which some models and servers still speak alone. */
export const completionsProtocol = ({ address, headers }: Place): ChatProtocol => ({
  dialect: "completions",
  buildRequest: (request, upstream) => ({
    url: address(request, upstream),
    headers: headers(upstream),
    body: bodyOf(request),
  }),
  markers,
  createGlance,
  createReader,
  readDocument,
  judge,
})

function bodyOf(request: ChatRequest): string {
  const { model, stream, native } = request
  if (native?.dialect !== "completions") return JSON.stringify(toBody(request))
  return passedOn(native, { model, stream, streamOptions: true, omit: [], edits: {} })
}

/** Models that complete a prompt and know no chat. */
const completes = /^(gpt-3\.5-turbo-instruct|davinci-002|babbage-002)/

/** @param always whether the server completes prompts with every model */
export const goesToCompletions = ({ model, native }: ChatRequest, always: boolean): boolean =>
  completes.test(model) || (always && native?.dialect === "completions")
