import { clamped } from "../openai/clamp.ts"
import { inOtherWords } from "../openai/in-other-words.ts"
import { wantsThinking } from "../openai/thinking-switch.ts"
import type { ChatMessage, ChatRequest, Part, ToolChoice, Upstream } from "../spec/index.ts"
import { type Json, record } from "../wire/json.ts"
import { mergeTurns } from "../wire/merge-turns.ts"
import { keyMarker, type WireRequest, wordMarker } from "../wire/protocol.ts"
import { signTencent } from "../wire/sign/tencent.ts"
import { unsupported } from "../wire/unsupported.ts"
import { errors } from "./errors.ts"
import { keysOf } from "./keys.ts"
import { inSnakeCase } from "./spelling.ts"

/** Tencent Cloud's API 3.0: OpenAI's words in another spelling, and a signature. */
export const cloud = inOtherWords({
  buildRequest,
  markers: [
    keyMarker("Usage"),
    keyMarker("FinishReason"),
    keyMarker("ToolCalls"),
    wordMarker("Error"),
  ],
  toOpenai,
  errors,
})

const action = "ChatCompletions"
const version = "2023-09-01"
const contentType = "application/json"

/** Where this API is, when the channel has the address of the other one. */
const host = "hunyuan.tencentcloudapi.com"
const otherHost =
  /^https:\/\/(api\.hunyuan\.cloud\.tencent\.com|hunyuan\.cloud\.tencent\.com)(\/v1)?$/

/** @see https://cloud.tencent.com/document/api/1729/105701 */
function buildRequest(request: ChatRequest, { baseUrl, key }: Upstream): WireRequest {
  const url = `${otherHost.test(baseUrl) ? `https://${host}` : new URL(baseUrl).origin}/`
  const { secretId, secretKey } = keysOf(key)
  const body = JSON.stringify(toBody(request))
  const now = Date.now()
  const signed = { host: new URL(url).host, service: "hunyuan", action, contentType, body }
  return {
    url,
    headers: {
      "content-type": contentType,
      "x-tc-action": action,
      "x-tc-version": version,
      "x-tc-timestamp": String(Math.floor(now / 1_000)),
      authorization: signTencent(signed, { secretId, secretKey }, now),
    },
    body,
  }
}

/** It has no limit for the length of an answer. */
function toBody(request: ChatRequest) {
  const { temperature, topP, tools } = request
  const wishes = { Temperature: temperature, TopP: topP }
  return {
    Model: request.model,
    Messages: messagesOf(request.messages),
    Stream: request.stream,
    ...wishes,
    ...clamped(wishes, { Temperature: [0, 2], TopP: [0, 1] }),
    Stop: request.stop,
    Seed: request.seed,
    EnableThinking: wantsThinking(request),
    Tools: tools?.map(({ name, description, parameters = {} }) => ({
      Type: "function",
      Function: { Name: name, Description: description, Parameters: JSON.stringify(parameters) },
    })),
    ...(tools?.length && toolChoiceOf(request.toolChoice)),
  }
}

function toolChoiceOf(choice: ToolChoice | undefined) {
  if (typeof choice !== "object") return { ToolChoice: choice === "required" ? "auto" : choice }
  return {
    ToolChoice: "custom",
    CustomTool: { Type: "function", Function: { Name: choice.name } },
  }
}

/** One system turn, in front; then the others in turn, the first of them the user's. */
function messagesOf(messages: readonly ChatMessage[]) {
  const system = messages.filter(({ role }) => role === "system")
  const others = messages.filter(({ role }) => role !== "system")
  if (others[0]?.role === "assistant") others.unshift({ role: "user", content: [ellipsis] })
  return mergeTurns([...system, ...others]).map(messageOf)
}

const ellipsis = { type: "text", text: "…" } as const

function messageOf(message: ChatMessage) {
  switch (message.role) {
    case "tool":
      return { Role: "tool", ToolCallId: message.callId, Content: textOf(message.content) }
    case "assistant":
      return {
        Role: "assistant",
        Content: textOf(message.content),
        ToolCalls: message.toolCalls?.map(({ id, name, arguments: json }) => ({
          Id: id,
          Type: "function",
          Function: { Name: name, Arguments: json },
        })),
      }
    default:
      return message.content.every(({ type }) => type === "text")
        ? { Role: message.role, Content: textOf(message.content) }
        : { Role: message.role, Contents: message.content.map(contentOf) }
  }
}

const textOf = (parts: readonly Part[]) =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("")

function contentOf(part: Part) {
  if (part.type === "text") return { Type: "text", Text: part.text }
  if (part.type === "image") return { Type: "image_url", ImageUrl: { Url: part.url } }
  throw unsupported(`${part.type} input`, "messages")
}

/** A whole answer and a refusal are wrapped, a frame is not. In a frame an `ErrorMsg` without a code is none. */
function toOpenai(frame: Json): Json {
  const answer = record(frame.Response ?? frame)
  const { Code, Msg, Message = Msg } = record(answer.Error ?? answer.ErrorMsg)
  if (Code) return { error: { code: String(Code), message: Message } }
  return record(inSnakeCase(answer))
}
