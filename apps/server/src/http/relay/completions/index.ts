import type { CallerDialect } from "../dialect.ts"
import { openaiChat } from "../openai/index.ts"
import type { CompletionRequest } from "./read-request.ts"
import { tell, whole } from "./write.ts"

/** Completions from before chat. @see https://platform.openai.com/docs/api-reference/completions */
export const completions: CallerDialect<CompletionRequest> = {
  ...openaiChat,
  id: "completions",
  tell,
  whole,
}
