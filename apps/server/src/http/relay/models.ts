import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { listModels } from "../../core/model/list-models.ts"
import { anthropicModels } from "./anthropic/models.ts"
import { actorOf, type Call, headersOf } from "./call.ts"
import type { Refusing } from "./dialect.ts"
import { geminiModels } from "./gemini/models.ts"
import { openaiModels } from "./openai/models.ts"

/** How a dialect tells of models. `created`: seconds, the same for all. */
export type ModelDialect = Refusing & {
  list(ids: string[], created: number): object
  one(id: string, created: number): object
}

/** Whose client this is, where several ask at the same address: each of them gives itself away. */
export function modelDialectOf({ headers, url }: Request): ModelDialect {
  if (headers.has("anthropic-version")) return anthropicModels
  const isGoogles = headers.has("x-goog-api-key") || /[?&]key=/.test(url)
  return isGoogles ? geminiModels : openaiModels
}

/** The models this key may use, or one of them. */
export async function models(
  deps: Deps,
  call: Call,
  dialect: ModelDialect,
  { created, only }: { created: number; only?: string | undefined },
): Promise<Response> {
  const ids = listModels(deps, await actorOf(deps, call)).map(({ id }) => id)
  if (only !== undefined && !ids.includes(only))
    throw new AppError("model.unknown", { model: only })
  const body = only === undefined ? dialect.list(ids, created) : dialect.one(only, created)
  return Response.json(body, { headers: headersOf(call) })
}
