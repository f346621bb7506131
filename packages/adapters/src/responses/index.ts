import type { ChatRequest, Upstream } from "../spec/index.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { readDocument } from "./document.ts"
import { judge } from "./errors.ts"
import { bodyOf } from "./request.ts"
import { createGlance, createReader, markers } from "./stream.ts"

/** In what those who speak it differ. */
type Place = {
  address: (request: ChatRequest, upstream: Upstream) => string
  headers: (upstream: Upstream) => Record<string, string>
}

/** OpenAI's Responses API. */
export const responsesProtocol = ({ address, headers }: Place): ChatProtocol => ({
  dialect: "responses",
  buildRequest: (request, upstream) => ({
    url: address(request, upstream),
    headers: headers(upstream),
    body: bodyOf(request, upstream),
  }),
  markers,
  createGlance,
  createReader,
  readDocument,
  judge,
})
