import type { ModelDialect } from "../models.ts"
import { refusal } from "./errors.ts"

const one = (id: string) => ({
  name: `models/${id}`,
  displayName: id,
  supportedGenerationMethods: ["generateContent", "streamGenerateContent", "countTokens"],
})

/** @see https://ai.google.dev/api/models */
export const geminiModels: ModelDialect = {
  refusal,
  one,
  list: (ids) => ({ models: ids.map(one) }),
}
