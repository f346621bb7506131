import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import type { Script } from "../testing/script.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"

const bot = "U0MOCK"
const token = "xoxp-mock"
const question = "1700000000.000100"

/** Remembers how often each thread was looked at: its reply grows with every look. */
let looks = 0

export const mock: Mock = {
  channel: (url) => ({ baseUrl: `${url}/api`, key: `${bot}|${token}|claude-slack` }),
  takes: [
    "GET /api/conversations.list and conversations.replies",
    "POST /api/conversations.create, conversations.invite and chat.postMessage",
    `Bearer ${token}; the bot is ${bot}`,
  ],
  check,
  answer,
  refuse: ({ kind }) => json({ ok: false, error: words[kind] }),
}

const json = (body: unknown): Transcript => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
})

function check({ path, headers, body }: SeenRequest): Refusal | undefined {
  if (headers.get("authorization") !== `Bearer ${token}`)
    return { kind: "unauthorized", message: "invalid_auth" }
  if (path.includes("chat.postMessage") && !String(body?.text).startsWith(`<@${bot}>`))
    return { kind: "unauthorized", message: "not_in_channel" }
  return undefined
}

function answer({ path }: SeenRequest, { chunks }: Script): Transcript {
  if (path.includes("conversations.list")) return json({ ok: true, channels: [] })
  if (path.includes("conversations.create")) return json({ ok: true, channel: { id: "C1" } })
  if (path.includes("conversations.invite")) return json({ ok: true })
  if (path.includes("chat.postMessage")) {
    looks = 0
    return json({ ok: true, ts: question, channel: "C1" })
  }
  looks += 1
  const whole = chunks.join("")
  const half = whole.slice(0, Math.ceil(whole.length / 2))
  const text = looks === 1 ? `${half}\n\n_Typing…_` : whole
  return json({
    ok: true,
    messages: [
      { user: "U1", text: "?", ts: question },
      { user: bot, bot_id: "B1", text, ts: "1700000001.000100" },
    ],
  })
}

const words: Record<RefusalKind, string> = {
  invalid: "invalid_arguments",
  unauthorized: "invalid_auth",
  quota: "account_inactive",
  "content-filter": "claude_moderation",
  "model-missing": "channel_not_found",
  "rate-limited": "ratelimited",
  overloaded: "service_unavailable",
}
