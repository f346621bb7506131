import type { Provider } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { countIn, getJson } from "../wire/get-json.ts"
import { listModels } from "../wire/list-models.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { readDocument } from "./document.ts"
import { judge } from "./errors.ts"
import { models } from "./models.ts"
import { buildRequest, countRequest, modelList } from "./request.ts"
import { createGlance, createReader, markers } from "./stream.ts"

export const anthropicProtocol: ChatProtocol = {
  dialect: "anthropic",
  buildRequest,
  markers,
  createGlance,
  createReader,
  readDocument,
  judge,
}

export const anthropic: Provider = {
  id: "anthropic",
  name: "Anthropic",
  baseUrl: "https://api.anthropic.com",
  keyFormat: "sk-ant-…",
  models,
  dialect: "anthropic",
  chat: (request, upstream) => askChat(anthropicProtocol, request, upstream),
  async countTokens(native, model, upstream) {
    const document = await getJson(
      anthropicProtocol,
      countRequest(native, model, upstream),
      upstream,
    )
    return countIn(document, "input_tokens")
  },
  listModels: (upstream) => listModels(anthropicProtocol, modelList, upstream),
}
