import { modelName } from "../../../contract/index.ts"
import { AppError } from "../../../core/error.ts"

/** What is asked of a model by its address: `/v1beta/models/{model}:{verb}`. */
export type Address = { model: string; verb: string; sse: boolean }

/** @throws AppError `route.not-found` */
export function addressOf({ url }: Request): Address {
  const { pathname, searchParams } = new URL(url)
  const path = pathname.slice(pathname.indexOf("/models/") + "/models/".length)
  const colon = path.lastIndexOf(":")
  const model = modelIn(path.slice(0, Math.max(0, colon)))
  if (model === undefined) throw new AppError("route.not-found", { path: pathname })
  return { model, verb: path.slice(colon + 1), sse: searchParams.get("alt") === "sse" }
}

/** A model's name as part of an address; undefined when it can be none. */
export function modelIn(path: string): string | undefined {
  try {
    return modelName.safeParse(decodeURIComponent(path)).data
  } catch {
    return undefined
  }
}
