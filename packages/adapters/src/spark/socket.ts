import { clamped } from "../openai/clamp.ts"
import type { ChatRequest, Tool, Upstream } from "../spec/index.ts"
import { newCallId } from "../wire/call-id.ts"
import { failureOf } from "../wire/failure.ts"
import { count, type Json, record, records, text } from "../wire/json.ts"
import { plainTurns } from "../wire/plain-turns.ts"
import type { Glance, Reader } from "../wire/protocol.ts"
import { signSparkUrl } from "../wire/sign/spark-url.ts"
import type { SocketProtocol, SocketRequest } from "../wire/socket-protocol.ts"
import { unsupported } from "../wire/unsupported.ts"
import { judge } from "./errors.ts"
import { type Version, versionOf } from "./versions.ts"

export const socketProtocol: SocketProtocol = { buildRequest, createGlance, createReader, judge }

/** @see https://www.xfyun.cn/doc/spark/Web.html */
function buildRequest(request: ChatRequest, { baseUrl, key }: Upstream): SocketRequest {
  const version = versionOf(request.model)
  const [appId = "", apiSecret = "", apiKey = ""] = key.split("|").map((part) => part.trim())
  const question = {
    header: { app_id: appId, uid: request.user?.slice(0, uidCharsMax) },
    parameter: { chat: wishesOf(request, version) },
    payload: {
      message: { text: plainTurns(request.messages, version.able) },
      functions: functionsOf(request, version),
    },
  }
  return {
    url: signSparkUrl(`${baseUrl}${version.path}`, { apiKey, apiSecret }, Date.now()),
    headers: {},
    message: JSON.stringify(question),
  }
}

const uidCharsMax = 32
const topKMax = 6

function wishesOf({ temperature, topK, maxTokens }: ChatRequest, { domain, tokensMax }: Version) {
  const wishes = { temperature, top_k: topK, max_tokens: maxTokens }
  const limits = {
    temperature: [0.01, 1],
    top_k: [1, topKMax],
    max_tokens: [1, tokensMax],
  } as const
  return { domain, ...wishes, ...clamped(wishes, limits) }
}

function functionsOf({ tools, toolChoice }: ChatRequest, { able }: Version) {
  if (!tools?.length || toolChoice === "none") return undefined
  if (!able) throw unsupported("tools", "tools")
  return { text: tools.map(functionOf) }
}

const functionOf = ({ name, description = "", parameters }: Tool) => ({
  name,
  description,
  parameters: parameters ?? { type: "object", properties: {} },
})

const lastStatus = 2

const choicesIn = (frame: Json) => record(record(frame.payload).choices)

function createGlance(): Glance {
  let called = false

  return (frame) => {
    const { code, status } = record(frame.header)
    if (code !== 0) return { failure: failureOf(frame) }
    called ||= records(choicesIn(frame).text).some(({ function_call: call }) => Boolean(call))
    const usage = usageIn(frame)
    const ended = status === lastStatus || choicesIn(frame).status === lastStatus
    return {
      ...(usage && { usage }),
      ...(ended && { ended, finish: called ? "tool-calls" : "stop" }),
    }
  }
}

/** A call comes whole, in one message, and without an id. */
function createReader(): Reader {
  let calls = 0

  return (frame, events) => {
    for (const said of records(choicesIn(frame).text)) {
      const thought = text(said.reasoning_content)
      if (thought) events.push({ type: "reasoning", choice: 0, delta: thought })
      const delta = text(said.content)
      if (delta) events.push({ type: "text", choice: 0, delta })
      const call = record(said.function_call)
      if (!text(call.name)) continue
      events.push({
        type: "tool-call",
        choice: 0,
        index: calls,
        id: newCallId(),
        name: String(call.name),
        argumentsDelta: text(call.arguments) ?? "{}",
      })
      calls += 1
    }
    const usage = usageIn(frame)
    if (record(frame.header).status === lastStatus || choicesIn(frame).status === lastStatus)
      events.push({ type: "finish", choice: 0, reason: calls > 0 ? "tool-calls" : "stop" })
    if (usage) events.push({ type: "usage", usage })
  }
}

function usageIn(frame: Json) {
  const { prompt_tokens, completion_tokens } = record(record(record(frame.payload).usage).text)
  const input = count(prompt_tokens) ?? 0
  const output = count(completion_tokens) ?? 0
  return input + output > 0 ? { input, output } : undefined
}
