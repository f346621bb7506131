import type { ModelDialect } from "../models.ts"
import { refusal } from "./errors.ts"

const one = (id: string, created: number) => ({
  type: "model",
  id,
  display_name: id,
  created_at: new Date(created * 1_000).toISOString(),
})

/** @see https://docs.anthropic.com/en/api/models-list */
export const anthropicModels: ModelDialect = {
  refusal,
  one,
  list: (ids, created) => ({
    data: ids.map((id) => one(id, created)),
    has_more: false,
    first_id: ids[0] ?? null,
    last_id: ids.at(-1) ?? null,
  }),
}
