import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { listModels } from "../../core/model/list-models.ts"
import { actorOf, type Call, headersOf } from "./call.ts"

/** The models this key may use, or one of them. `created`: seconds, the same for all. */
export async function models(deps: Deps, call: Call, created: number, only?: string) {
  const data = listModels(deps, await actorOf(deps, call)).map(({ id }) => ({
    id,
    object: "model",
    created,
    owned_by: "system",
  }))
  const headers = headersOf(call)
  if (only === undefined) return Response.json({ object: "list", data }, { headers })
  const model = data.find(({ id }) => id === only)
  if (!model) throw new AppError("model.unknown", { model: only })
  return Response.json(model, { headers })
}
