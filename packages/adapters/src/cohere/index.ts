import type { Provider } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import type { Failure, Verdict } from "../wire/failure.ts"
import { listModels, type ModelList } from "../wire/list-models.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { buildRequest, headersOf } from "./request.ts"
import { createGlance, createReader, markers, readDocument } from "./stream.ts"
import { tasks } from "./tasks.ts"

const protocol: ChatProtocol = {
  dialect: undefined,
  buildRequest,
  markers,
  createGlance,
  createReader,
  readDocument,
  judge,
}

/** A trial key that is used up answers 429 like one that is in a hurry. @see https://docs.cohere.com/reference/errors */
function judge({ message }: Failure): Verdict {
  return /trial key|monthly limit|calls? \/ month/i.test(message) ? { kind: "quota" } : {}
}

/** @see https://docs.cohere.com/reference/list-models */
const modelList: ModelList = {
  url: ({ baseUrl }) => `${baseUrl.replace(/\/v\d$/, "")}/v1/models?page_size=1000&endpoint=chat`,
  headers: headersOf,
  list: "models",
  name: "name",
}

export const cohere: Provider = {
  id: "cohere",
  name: "Cohere",
  baseUrl: "https://api.cohere.com",
  keyFormat: "…",
  models: [
    "command-a-plus-05-2026",
    "command-a-03-2025",
    "command-a-reasoning-08-2025",
    "command-a-vision-07-2025",
    "command-r7b-12-2024",
    "command-r-plus-08-2024",
    "command-r-08-2024",
    "embed-v4.0",
    "rerank-v3.5",
  ],
  dialect: undefined,
  chat: (request, upstream) => askChat(protocol, request, upstream),
  tasks: tasks(judge),
  listModels: (upstream) => listModels(protocol, modelList, upstream),
}
