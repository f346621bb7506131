import type { ModelDialect } from "../models.ts"
import { refusal } from "./errors.ts"

const one = (id: string, created: number) => ({
  id,
  object: "model",
  created,
  owned_by: "system",
})

/** @see https://platform.openai.com/docs/api-reference/models */
export const openaiModels: ModelDialect = {
  refusal,
  one,
  list: (ids, created) => ({ object: "list", data: ids.map((id) => one(id, created)) }),
}
