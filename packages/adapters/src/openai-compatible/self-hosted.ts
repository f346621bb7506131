import { openaiCompatible } from "../openai/compatible.ts"
import type { Upstream } from "../spec/index.ts"

/** One's own server often has no key. A channel must have a secret: `null` stands for none. */
const maybeBearer = ({ key }: Upstream): Record<string, string> =>
  key === "null" ? {} : { authorization: `Bearer ${key}` }

const ownServer = (id: string, name: string, baseUrl: string) =>
  openaiCompatible(
    { id, name, baseUrl, keyFormat: "null", models: [] },
    { headers: maybeBearer, tasks: ["embeddings"] },
  )

/** Servers one runs oneself: their models are called what their operator likes. */
export const selfHosted = [
  /** @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
  ownServer("vllm", "vLLM", "http://localhost:8000"),
  /** @see https://lmstudio.ai/docs/developer/openai-compat */
  ownServer("lmstudio", "LM Studio", "http://localhost:1234"),
  /** @see https://github.com/ggml-org/llama.cpp/tree/master/tools/server */
  ownServer("llamacpp", "llama.cpp", "http://localhost:8080"),
  /** @see https://docs.sglang.ai/basic_usage/openai_api.html */
  ownServer("sglang", "SGLang", "http://localhost:30000"),
  /** @see https://localai.io/features/openai-functions/ */
  ownServer("localai", "LocalAI", "http://localhost:8080"),
]
