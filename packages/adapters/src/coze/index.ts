import type { Provider } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { type CodeTable, kindByCode } from "../wire/code-table.ts"
import { getJson } from "../wire/get-json.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { withUploads } from "../wire/upload-pictures.ts"
import { buildRequest, uploadRequest } from "./request.ts"
import { createGlance, createReader, markers } from "./stream.ts"

/** @see https://www.coze.com/docs/developer_guides/coze_error_codes */
const kinds: CodeTable = {
  "4000": "invalid-request",
  "4013": "rate-limit",
  "4015": "model-missing",
  "4016": "overloaded",
  "4027": "quota",
  "4028": "quota",
  "4100": "auth",
  "4101": "auth",
  "4200": "model-missing",
  "5000": "overloaded",
}

const protocol: ChatProtocol = {
  dialect: undefined,
  buildRequest,
  markers,
  createGlance,
  createReader,
  readDocument: () => [],
  judge({ code }) {
    const kind = kindByCode(kinds, code)
    return kind ? { kind } : {}
  },
}

/** A bot somebody built: the model's name is the bot's number. */
export const coze: Provider = {
  id: "coze",
  name: "Coze",
  baseUrl: "https://api.coze.cn",
  keyFormat: "pat_…",
  models: [],
  dialect: undefined,
  async chat(request, upstream) {
    const uploaded = await withUploads(request, (file) =>
      getJson(protocol, uploadRequest(file, upstream), upstream),
    )
    return askChat(protocol, uploaded, upstream)
  },
}
