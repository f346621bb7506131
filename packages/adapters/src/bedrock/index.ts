import { carried } from "../anthropic/carried.ts"
import { anthropicProtocol } from "../anthropic/index.ts"
import type { ChatRequest, Provider, Upstream } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { getJson } from "../wire/get-json.ts"
import { record, records, text } from "../wire/json.ts"
import type { ChatProtocol, WireRequest } from "../wire/protocol.ts"
import { converseBody } from "./converse.ts"
import { embeddings } from "./embeddings.ts"
import { judge } from "./errors.ts"
import { converseFraming, invokeFraming } from "./framing.ts"
import { authorize, placeOf } from "./key.ts"
import { models } from "./models.ts"
import { pictures } from "./pictures.ts"
import { createGlance, createReader, markers, readDocument } from "./stream.ts"

/** For every model there is. */
const converse: ChatProtocol = {
  dialect: undefined,
  framing: converseFraming,
  buildRequest: (request, upstream) =>
    post(
      request.stream ? "converse-stream" : "converse",
      request,
      JSON.stringify(converseBody(request)),
      upstream,
    ),
  takesAddress: () => false,
  markers,
  createGlance,
  createReader,
  readDocument,
  judge,
}

/** Claude's models take and give what Anthropic does: nothing is lost on the way. */
const invoke: ChatProtocol = {
  ...anthropicProtocol,
  framing: invokeFraming,
  buildRequest: (request, upstream) =>
    post(
      request.stream ? "invoke-with-response-stream" : "invoke",
      request,
      carried(request, "bedrock-2023-05-31"),
      upstream,
    ),
  takesAddress: () => false,
  judge: (failure) => ({ ...anthropicProtocol.judge(failure), ...judge(failure) }),
}

const protocolOf = ({ model }: ChatRequest) =>
  model.includes("anthropic.claude") ? invoke : converse

function post(verb: string, { model }: ChatRequest, body: string, upstream: Upstream): WireRequest {
  const url = `${placeOf(upstream).address}/model/${encodeURIComponent(model)}/${verb}`
  return { url, headers: authorize("POST", url, body, upstream), body }
}

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html */
async function listModels(upstream: Upstream) {
  const url = `${placeOf(upstream).address.replace("//bedrock-runtime.", "//bedrock.")}/foundation-models`
  const headers = authorize("GET", url, "", upstream)
  const document = await getJson(converse, { url, headers }, upstream)
  return records(record(document).modelSummaries).flatMap(({ modelId }) => text(modelId) ?? [])
}

export const bedrock: Provider = {
  id: "bedrock",
  name: "AWS Bedrock",
  baseUrl: "https://bedrock-runtime.us-east-1.amazonaws.com",
  keyFormat: "access-key|secret-key|region",
  models,
  dialect: undefined,
  chat: (request, upstream) => askChat(protocolOf(request), request, upstream),
  tasks: { embeddings, "image-generation": pictures },
  listModels,
}
