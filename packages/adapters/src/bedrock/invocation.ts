import type { Upstream } from "../spec/index.ts"
import { authorize, placeOf } from "./key.ts"

/** A model asked in its maker's own words. */
export function invocation(model: string, fields: object, upstream: Upstream) {
  const url = `${placeOf(upstream).address}/model/${encodeURIComponent(model)}/invoke`
  const body = JSON.stringify(fields)
  return { url, headers: authorize("POST", url, body, upstream), body }
}
