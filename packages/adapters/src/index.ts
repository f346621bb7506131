import { anthropic } from "./anthropic/index.ts"
import { azure } from "./azure/index.ts"
import { deepseek } from "./deepseek/index.ts"
import { gemini } from "./gemini/index.ts"
import { groq } from "./groq/index.ts"
import { mistral } from "./mistral/index.ts"
import { moonshot } from "./moonshot/index.ts"
import { openai } from "./openai/index.ts"
import { anyCompatible } from "./openai-compatible/index.ts"
import { openrouter } from "./openrouter/index.ts"
import type { Provider } from "./spec/index.ts"
import { xai } from "./xai/index.ts"

export * from "./spec/index.ts"

const all = [
  openai,
  anthropic,
  gemini,
  azure,
  deepseek,
  moonshot,
  groq,
  mistral,
  openrouter,
  xai,
  anyCompatible,
]

/** Every provider, by its id. */
export const providers: ReadonlyMap<string, Provider> = new Map(
  all.map((provider) => [provider.id, provider]),
)
export { splice, spliceMember } from "./wire/splice.ts"
