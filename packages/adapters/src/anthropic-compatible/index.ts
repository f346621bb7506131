import { anthropic } from "../anthropic/index.ts"
import type { Provider } from "../spec/index.ts"

/** Any server that speaks Anthropic's messages; the address is the operator's. */
export const anyAnthropicCompatible: Provider = {
  ...anthropic,
  id: "anthropic-compatible",
  name: "Anthropic-compatible",
  baseUrl: "http://localhost:8000",
  keyFormat: "sk-…",
  models: [],
}
