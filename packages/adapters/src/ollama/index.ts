import type { Provider } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { jsonLines } from "../wire/json-lines.ts"
import { listModels, type ModelList } from "../wire/list-models.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { embeddings } from "./embeddings.ts"
import { apiOf, buildRequest, headersOf } from "./request.ts"
import { createGlance, createReader, markers, readDocument } from "./stream.ts"

const protocol: ChatProtocol = {
  dialect: undefined,
  framing: jsonLines,
  buildRequest,
  takesAddress: () => false,
  markers,
  createGlance,
  createReader,
  readDocument,
  judge: () => ({}),
}

/** @see https://github.com/ollama/ollama/blob/main/docs/api.md#list-local-models */
const modelList: ModelList = {
  url: (upstream) => `${apiOf(upstream)}/tags`,
  headers: headersOf,
  list: "models",
  name: "name",
}

export const ollama: Provider = {
  id: "ollama",
  name: "Ollama",
  baseUrl: "http://localhost:11434",
  keyFormat: "null",
  models: ["gpt-oss:20b", "qwen3:8b", "llama3.3:70b", "gemma3:12b", "deepseek-r1:8b"],
  dialect: undefined,
  chat: (request, upstream) => askChat(protocol, request, upstream),
  tasks: { embeddings },
  listModels: (upstream) => listModels(protocol, modelList, upstream),
}
