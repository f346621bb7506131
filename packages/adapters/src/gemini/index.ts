import type { Provider } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { countIn, getJson } from "../wire/get-json.ts"
import { listModels } from "../wire/list-models.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { takesAddress } from "./contents.ts"
import { judge } from "./errors.ts"
import { models } from "./models.ts"
import { isPalm, palmProtocol } from "./palm.ts"
import { buildRequest, countRequest, modelList } from "./request.ts"
import { createGlance, createReader, markers, readDocument } from "./stream.ts"
import { tasks } from "./tasks.ts"

export const geminiProtocol: ChatProtocol = {
  dialect: "gemini",
  buildRequest,
  takesAddress,
  markers,
  createGlance,
  createReader,
  readDocument,
  judge,
}

const chat: Provider["chat"] = (request, upstream) =>
  askChat(isPalm(request) ? palmProtocol : geminiProtocol, request, upstream)

export const gemini: Provider = {
  id: "gemini",
  name: "Google Gemini",
  baseUrl: "https://generativelanguage.googleapis.com",
  keyFormat: "AIza…",
  models,
  dialect: "gemini",
  chat,
  tasks: tasks(chat),
  async countTokens(native, model, upstream) {
    const document = await getJson(geminiProtocol, countRequest(native, model, upstream), upstream)
    return countIn(document, "totalTokens")
  },
  async listModels(upstream) {
    const names = await listModels(geminiProtocol, modelList, upstream)
    return names.map((name) => name.replace(/^models\//, ""))
  },
}
