import type { Provider } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { type CodeTable, kindByCode } from "../wire/code-table.ts"
import { getJson } from "../wire/get-json.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { withUploads } from "../wire/upload-pictures.ts"
import { buildRequest, uploadRequest } from "./request.ts"
import { createGlance, createReader, markers, readDocument } from "./stream.ts"

/** @see https://docs.dify.ai/en/openapi-api-access-readme */
const kinds: CodeTable = {
  invalid_param: "invalid-request",
  unauthorized: "auth",
  app_unavailable: "model-missing",
  provider_not_initialize: "auth",
  provider_quota_exceeded: "quota",
  model_currently_not_support: "model-missing",
  completion_request_error: "overloaded",
  too_many_requests: "rate-limit",
  rate_limit_error: "rate-limit",
  content_filter: "content-filter",
}

const protocol: ChatProtocol = {
  dialect: undefined,
  buildRequest,
  markers,
  createGlance,
  createReader,
  readDocument,
  judge({ code }) {
    const kind = kindByCode(kinds, code)
    return kind ? { kind } : {}
  },
}

/** An application somebody built: the key says which, so that a model may have any name. */
export const dify: Provider = {
  id: "dify",
  name: "Dify",
  baseUrl: "https://api.dify.ai/v1",
  keyFormat: "app-…",
  models: ["dify"],
  dialect: undefined,
  async chat(request, upstream) {
    const uploaded = await withUploads(request, (file) =>
      getJson(protocol, uploadRequest(file, request, upstream), upstream),
    )
    return askChat(protocol, uploaded, upstream)
  },
}
