import {
  type ChatEvent,
  type ChatMessage,
  type ChatRequest,
  providers,
  type Tool,
} from "@nio/adapters"
import { upstreamAt } from "@nio/adapters/testing"
import { anthropicMessages } from "@nio/server/http/relay/anthropic/index"
import { readMessagesRequest } from "@nio/server/http/relay/anthropic/read-request"
import type { CallerDialect, WholeWriter } from "@nio/server/http/relay/dialect"
import { geminiContent } from "@nio/server/http/relay/gemini/index"
import { readContentRequest } from "@nio/server/http/relay/gemini/read-request"
import { openaiChat } from "@nio/server/http/relay/openai/index"
import { readChatRequest } from "@nio/server/http/relay/openai/read-request"
import { responses } from "@nio/server/http/relay/responses/index"
import { readResponsesRequest } from "@nio/server/http/relay/responses/read-request"
import type { Facts } from "./conversations.ts"

/** A body with the next question in it, as JSON gave it: what a client does with one is its own. */
type Body = any

type Spoken = {
  provider: string
  /** One whose conversations may hold everything the dialect has words for. */
  model: string
  read: (text: string) => ChatRequest
  /** An answer in it, as a client is told. */
  whole: (text: string) => WholeWriter
  /** What a client adds to its last request once it is answered: what it was told, and results. */
  goOn: (body: Body, answer: Body, results: ReadonlyMap<string, string>) => void
  /** What it has no words for, with the reason. */
  without: Partial<Record<keyof Facts, string>>
}

export const spoken = {
  openai: {
    // OpenRouter takes the most of those who speak it.
    provider: "openrouter",
    model: "google/gemini-3-pro",
    read: (text) => readChatRequest(text).request,
    whole: (text) => wholeOf(openaiChat, readChatRequest(text)),
    goOn({ messages }, { choices: [{ message }] }, results) {
      messages.push(message)
      for (const { id } of message.tool_calls ?? [])
        messages.push({ role: "tool", tool_call_id: id, content: results.get(id) })
    },
    without: { errors: "a result is text, whatever it came to" },
  },
  anthropic: {
    provider: "anthropic",
    model: "claude-sonnet-4-5",
    read: (text) => readMessagesRequest(text, new Headers()).request,
    whole: (text) => wholeOf(anthropicMessages, readMessagesRequest(text, new Headers())),
    goOn({ messages }, { content }, results) {
      messages.push({ role: "assistant", content })
      const calls = content.filter(({ type }: Body) => type === "tool_use")
      messages.push({
        role: "user",
        content: calls.map(({ id }: Body) => ({
          type: "tool_result",
          tool_use_id: id,
          content: results.get(id),
        })),
      })
    },
    without: { callSignatures: "thoughts are signed, not calls; its models' calls have none" },
  },
  gemini: {
    provider: "gemini",
    model: "gemini-3-pro",
    read: (text) =>
      readContentRequest(text, { model: "gemini-3-pro", stream: false, sse: false }).request,
    whole: (text) =>
      wholeOf(
        geminiContent,
        readContentRequest(text, { model: "gemini-3-pro", stream: false, sse: false }),
      ),
    goOn({ contents }, { candidates: [{ content }] }, results) {
      contents.push(content)
      const calls = content.parts.flatMap(({ functionCall }: Body) => functionCall ?? [])
      contents.push({
        role: "user",
        parts: calls.map(({ id, name }: Body) => ({
          functionResponse: { id, name, response: { result: results.get(id) } },
        })),
      })
    },
    without: {
      thoughts: "calls are signed, not thoughts; its models' thoughts need not come back",
      redacted: "no thought is hidden",
      marks: "what is cached is named beforehand",
    },
  },
  responses: {
    provider: "openai",
    model: "gpt-6.1-sol",
    read: (text) => readResponsesRequest(text).request,
    whole: (text) => wholeOf(responses, readResponsesRequest(text)),
    goOn(body, { output }, results) {
      const calls = output.filter(({ type }: Body) => type === "function_call")
      body.input.push(...output)
      for (const { call_id } of calls)
        body.input.push({ type: "function_call_output", call_id, output: results.get(call_id) })
    },
    without: {
      callSignatures: "thoughts are sealed, not calls; its models' calls have none",
      redacted: "every thought is sealed; one without a summary is no different",
      errors: "a result is text, whatever it came to",
      marks: "prefixes are cached unasked",
    },
  },
} satisfies Record<string, Spoken>
export type SpokenDialect = keyof typeof spoken
export const spokenDialects = Object.keys(spoken) as SpokenDialect[]

const head = { id: "answer", model: "m", created: 1 }

function wholeOf<Asked extends { request: ChatRequest }>(
  dialect: CallerDialect<Asked>,
  asked: Asked,
): WholeWriter {
  return dialect.whole(asked, head)
}

/** An answer in the dialect, told from events. */
export async function told(dialect: SpokenDialect, asked: string, events: readonly ChatEvent[]) {
  const writer = spoken[dialect].whole(asked)
  writer.add(events)
  return JSON.parse(JSON.stringify(await writer.body({ input: 1, output: 1 })))
}

/** Makes sure that OpenAI is asked in its Responses API. */
const oneTool = [{ name: "weather", parameters: { type: "object", properties: {} } }]

/** The body an upstream of the dialect is sent for a conversation of nobody's dialect. */
export const written = (
  dialect: SpokenDialect,
  messages: ChatMessage[],
  tools: Tool[] = oneTool,
): Promise<string> => sent(dialect, { model: "m", messages, tools, stream: false })

/** The body an upstream of the dialect is sent. */
export async function sent(dialect: SpokenDialect, request: ChatRequest): Promise<string> {
  const { provider, model } = spoken[dialect]
  let body = ""
  const fetch = async (_: string, init: RequestInit) => {
    body = String(init.body)
    return new Response(null, { status: 500 })
  }
  const asked = Object.create(request, { model: { value: model, enumerable: true } })
  await providers
    .get(provider)!
    .chat(asked, upstreamAt("http://upstream", { fetch }))
    .catch(() => undefined)
  return body
}
