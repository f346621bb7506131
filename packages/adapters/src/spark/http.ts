import { clamped } from "../openai/clamp.ts"
import { openaiProtocol, type Quirks } from "../openai/compatible.ts"
import type { ChatRequest, Upstream } from "../spec/index.ts"
import { failureOf } from "../wire/failure.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { keyMarker } from "../wire/protocol.ts"
import { judge } from "./errors.ts"
import { isNewest, versionOf } from "./versions.ts"

/** The WebSocket's place and the other one's. */
const socketHost = "spark-api.xf-yun.com"
const httpHost = "spark-api-open.xf-yun.com"

/** A key of three parts is also one of two here: `api-key:api-secret`. */
function headers({ key }: Upstream) {
  const [, secret, id] = key.split("|").map((part) => part.trim())
  return { authorization: `Bearer ${id ? `${id}:${secret}` : key}` }
}

/** A channel set up for the socket works here too. */
const baseOf = ({ baseUrl }: Upstream) =>
  baseUrl.replace(/^ws/, "http").replace(`//${socketHost}`, `//${httpHost}`)

const thinks = (model: string) => isNewest(model) || versionOf(model).domain === "x1"

function address({ model }: ChatRequest, upstream: Upstream) {
  const base = baseOf(upstream)
  const prefix = /\/v\d$/.test(base) ? "" : thinks(model) ? "/v2" : "/v1"
  return `${base}${prefix}/chat/completions`
}

const failed: Quirks["failed"] = {
  marker: keyMarker("code"),
  in: (frame) => (frame.code ? failureOf(frame) : undefined),
}

/**
 * The generations before X2.5: nearly OpenAI's words, but nothing says how an answer finished.
 *
 * @see https://www.xfyun.cn/doc/spark/HTTP调用文档.html
 */
export const httpProtocol: ChatProtocol = unfinished(
  openaiProtocol({
    address,
    headers,
    failed,
    refusesStreamOptions: () => true,
    edits: ({ model, temperature, topK }) => ({
      model: versionOf(model).domain === "x1" ? "spark-x" : versionOf(model).domain,
      ...clamped({ temperature, top_k: topK }, { temperature: [0.01, 1], top_k: [1, 6] }),
    }),
  }),
)

/** @see https://www.xfyun.cn/doc/spark/X2.html */
export const newestProtocol: ChatProtocol = {
  ...openaiProtocol({
    address,
    headers,
    failed,
    omit: ["temperature", "top_p", "presence_penalty", "frequency_penalty"],
    adjust: ({ max_tokens, ...body }) => ({ max_completion_tokens: max_tokens, ...body }),
  }),
  judge,
}

/** The count comes with the last words: there the answer has finished. */
function unfinished(protocol: ChatProtocol): ChatProtocol {
  return {
    ...protocol,
    dialect: undefined,
    judge,
    createGlance() {
      const glance = protocol.createGlance()
      let called = false
      return (frame, event) => {
        const look = glance(frame, event)
        called ||= JSON.stringify(frame).includes('"tool_calls"')
        return look.usage && !look.finish
          ? { ...look, finish: called ? "tool-calls" : "stop" }
          : look
      }
    },
    createReader() {
      const read = protocol.createReader()
      let called = false
      let finished = false
      return (frame, events) => {
        const from = events.length
        read(frame, events)
        const said = events.slice(from)
        called ||= said.some(({ type }) => type === "tool-call")
        finished ||= said.some(({ type }) => type === "finish")
        if (finished || !said.some(({ type }) => type === "usage")) return
        finished = true
        events.push({ type: "finish", choice: 0, reason: called ? "tool-calls" : "stop" })
      }
    },
    readDocument(document) {
      const events = protocol.readDocument(document)
      const called = events.some(({ type }) => type === "tool-call")
      return events.map((event) =>
        event.type === "finish" && event.reason === "other"
          ? { ...event, reason: called ? ("tool-calls" as const) : ("stop" as const) }
          : event,
      )
    },
  }
}
