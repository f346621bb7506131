import type { Provider } from "../spec/index.ts"
import { askSocket } from "../wire/ask-socket.ts"
import { text } from "../wire/json.ts"
import { onePrompt, requireWords } from "../wire/plain-turns.ts"
import type { SocketProtocol } from "../wire/socket-protocol.ts"

const choice = 0

/**
 * A question and a key in one message, the answer in pieces until one is the end. Who has the wrong
 * key is hung up on.
 */
const protocol: SocketProtocol = {
  buildRequest(request, { baseUrl, key }) {
    requireWords(request)
    const message = {
      prompt: onePrompt(request.messages),
      hash: key,
      model: request.model.replace(/^bing-/, ""),
    }
    return { url: `${baseUrl}/chat`, headers: {}, message: JSON.stringify(message) }
  },
  createGlance:
    () =>
    ({ end }) =>
      end === true ? { finish: "stop", ended: true } : {},
  createReader:
    () =>
    ({ response, end }, events) => {
      const delta = text(response)
      if (delta) events.push({ type: "text", choice, delta })
      if (end === true) events.push({ type: "finish", choice, reason: "stop" })
    },
  judge: () => ({}),
  closedMutely: "auth",
}

/** Bing's chat is gone; kept for those who run a service like the one it was asked through. */
export const bing: Provider = {
  id: "bing",
  name: "New Bing",
  baseUrl: "wss://your.bing.service",
  keyFormat: "…",
  models: ["bing-creative", "bing-balanced", "bing-precise"],
  deprecated: true,
  dialect: undefined,
  chat: (request, upstream) => askSocket(protocol, request, upstream),
}
