import type { TaskRequest, Upstream } from "../spec/index.ts"
import { placeOf } from "./address.ts"

/**
 * Below a deployment, or as at OpenAI, where the model is named in the body.
 *
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/reference
 */
export function azureTaskAddress(path: string, { model }: TaskRequest, upstream: Upstream) {
  const { address, version } = placeOf(upstream)
  if (/\/v1$/.test(address)) return `${address}/${path}`
  const query = `?api-version=${encodeURIComponent(version)}`
  if (/\/models$/.test(address)) return `${address}/${path}${query}`
  return `${address}/openai/deployments/${encodeURIComponent(model)}/${path}${query}`
}
