import type { Mock } from "./mock.ts"

const alike = async () => (await import("../openai-compatible/mock.ts")).mock
const open = async () => (await import("../openai-compatible/mock.ts")).openMock

/** Every provider's simulated upstream, by the provider's id. Loaded when somebody asks for it. */
export const mocks: Readonly<Record<string, () => Promise<Mock>>> = {
  openai: async () => (await import("../openai/mock.ts")).openaiMock(),
  anthropic: async () => (await import("../anthropic/mock.ts")).mock,
  gemini: async () => (await import("../gemini/mock.ts")).mock,
  azure: async () => (await import("../azure/mock.ts")).mock,
  deepseek: async () => (await import("../deepseek/mock.ts")).mock,
  moonshot: async () => (await import("../moonshot/mock.ts")).mock,
  groq: async () => (await import("../groq/mock.ts")).mock,
  mistral: async () => (await import("../mistral/mock.ts")).mock,
  openrouter: async () => (await import("../openrouter/mock.ts")).mock,
  spark: async () => (await import("../spark/mock.ts")).mock,
  xai: async () => (await import("../xai/mock.ts")).mock,
  cohere: async () => (await import("../cohere/mock.ts")).mock,
  ollama: async () => (await import("../ollama/mock.ts")).mock,
  bedrock: async () => (await import("../bedrock/mock.ts")).mock,
  midjourney: async () => (await import("../midjourney/mock.ts")).midjourneyMock(),
  vertex: async () => (await import("../vertex/mock.ts")).mock,
  perplexity: alike,
  together: alike,
  fireworks: alike,
  cerebras: async () => (await import("../openai-compatible/mock.ts")).strictMock,
  nvidia: alike,
  "github-models": alike,
  huggingface: alike,
  snowflake: alike,
  writer: async () => (await import("../openai-compatible/mock.ts")).writerMock,
  vllm: open,
  lmstudio: open,
  llamacpp: open,
  sglang: open,
  localai: open,
  "openai-compatible": alike,
}
