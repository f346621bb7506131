import { chatAddress, responsesAddress } from "../openai/compatible.ts"
import type { ChatRequest, Upstream } from "../spec/index.ts"

/** The first one generally available that knows `stream_options`. */
const apiVersionDefault = "2024-10-21"

/** The first one that knows the Responses API as callers speak it. */
const responsesVersionMin = "2025-04-01-preview"

/**
 * A channel of Chat Nio keeps the address in the key (`key|https://…`) and the API version in
 * place of the address. Others say the address, with `?api-version=` when it matters.
 */
export function placeOf({ baseUrl, key }: Pick<Upstream, "baseUrl" | "key">) {
  const [secret = "", endpoint] = key.split("|")
  const url = endpoint?.trim().replace(/\/+$/, "") || baseUrl
  const [address = "", query] = url.split("?")
  const version = endpoint && /^\d{4}-\d\d-\d\d/.test(baseUrl) ? baseUrl : undefined
  const asked = new URLSearchParams(query).get("api-version")
  return {
    secret: secret.trim(),
    address: address.replace(/\/+$/, ""),
    version: asked ?? version ?? apiVersionDefault,
  }
}

/**
 * Three generations of addresses: a deployment per model, `…/models`, and OpenAI's own under
 * `…/v1`. A deployment is called like its model, but for the dot Azure's `gpt-35-turbo` never had.
 *
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/reference
 */
export function azureAddress(request: ChatRequest, upstream: Upstream) {
  const { address, version } = placeOf(upstream)
  if (/\/v1$/.test(address)) return chatAddress(request, { ...upstream, baseUrl: address })
  const query = `?api-version=${encodeURIComponent(version)}`
  if (/\/models$/.test(address)) return `${address}/chat/completions${query}`
  const deployment = encodeURIComponent(request.model.replace("gpt-3.5", "gpt-35"))
  return `${address}/openai/deployments/${deployment}/chat/completions${query}`
}

/** Not below a deployment: the model is named in the body. */
export function azureResponsesAddress(request: ChatRequest, upstream: Upstream) {
  const { address, version } = placeOf(upstream)
  if (/\/v1$/.test(address)) return responsesAddress(request, { ...upstream, baseUrl: address })
  const known = version < responsesVersionMin ? responsesVersionMin : version
  return `${address.replace(/\/models$/, "")}/openai/responses?api-version=${encodeURIComponent(known)}`
}
