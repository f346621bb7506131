import { openaiCompatible, type Quirks, responsesAddress } from "../openai/compatible.ts"
import type { TaskRequest, Upstream } from "../spec/index.ts"

/** One's own server often has no key. A channel must have a secret: `null` stands for none. */
const maybeBearer = ({ key }: Upstream): Record<string, string> =>
  key === "null" ? {} : { authorization: `Bearer ${key}` }

const ownServer = (id: string, name: string, baseUrl: string, quirks: Quirks = {}) =>
  openaiCompatible(
    { id, name, baseUrl, keyFormat: "null", models: [] },
    { headers: maybeBearer, tasks: ["embeddings"], completions: true, ...quirks },
  )

/** Pictures would be at an address that only the server's own network knows. */
const inBase64 = ({ kind }: TaskRequest) =>
  kind === "image-generation" ? { response_format: "b64_json" } : {}

/** Servers one runs oneself: their models are called what their operator likes. */
export const selfHosted = [
  /** @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
  ownServer("vllm", "vLLM", "http://localhost:8000", {
    tasks: ["embeddings", "rerank", "transcription", "translation"],
    responses: { address: responsesAddress },
  }),
  /** @see https://lmstudio.ai/docs/developer/openai-compat */
  ownServer("lmstudio", "LM Studio", "http://localhost:1234", {
    responses: { address: responsesAddress },
  }),
  /** @see https://github.com/ggml-org/llama.cpp/tree/master/tools/server */
  ownServer("llamacpp", "llama.cpp", "http://localhost:8080", { tasks: ["embeddings", "rerank"] }),
  /** @see https://docs.sglang.ai/basic_usage/openai_api.html */
  ownServer("sglang", "SGLang", "http://localhost:30000", { tasks: ["embeddings", "rerank"] }),
  /** @see https://localai.io/features/openai-functions/ */
  ownServer("localai", "LocalAI", "http://localhost:8080", {
    tasks: ["embeddings", "image-generation", "speech", "transcription", "rerank"],
    taskEdits: inBase64,
  }),
]
