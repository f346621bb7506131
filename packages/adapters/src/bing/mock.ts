import { checkJson, checkRequired } from "../testing/check.ts"
import type { Mock, Refusal } from "../testing/mock.ts"
import type { SeenRequest } from "../testing/simulate.ts"

const key = "bing-mock"
const styles = ["creative", "balanced", "precise"]

export const mock: Mock = {
  channel: (url) => ({ baseUrl: url.replace(/^http/, "ws"), key }),
  takes: ["WebSocket /chat, with prompt, hash and model in the first message", `hash ${key}`],
  handshake: ({ path }) =>
    path === "/chat" ? undefined : { kind: "model-missing", message: "not found" },
  check,
  answer: (_, { chunks }) => ({
    body: [
      ...chunks.map((response) => JSON.stringify({ response, end: false })),
      JSON.stringify({ response: "", end: true }),
    ],
  }),
  // It has no words for anything: it hangs up.
  refuse: (_, { socket }) => (socket ? { body: [] } : { status: 404 }),
}

function check({ body }: SeenRequest): Refusal | undefined {
  const refusal = checkJson(body) ?? checkRequired(body, "prompt")
  if (refusal || (body.hash === key && styles.includes(body.model))) return refusal
  return { kind: "unauthorized", message: "wrong hash" }
}
