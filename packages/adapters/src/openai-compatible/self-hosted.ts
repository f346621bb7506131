import { openaiCompatible, type Quirks, responsesAddress } from "../openai/compatible.ts"
import type { TaskRequest, Upstream } from "../spec/index.ts"

/** One's own server often has no key. A channel must have a secret: `null` stands for none. */
const maybeBearer = ({ key }: Upstream): Record<string, string> =>
  key === "null" ? {} : { authorization: `Bearer ${key}` }

type Own = { id: string; name: string; baseUrl: string; models?: readonly string[] }

const ownServer = ({ models = [], ...own }: Own, quirks: Quirks = {}) =>
  openaiCompatible(
    { ...own, keyFormat: "null", models },
    { headers: maybeBearer, tasks: ["embeddings"], completions: true, ...quirks },
  )

/** Pictures would be at an address that only the server's own network knows. */
const inBase64 = ({ kind }: TaskRequest) =>
  kind === "image-generation" ? { response_format: "b64_json" } : {}

/** What LocalAI is mostly run with; whoever runs it names them as they like. */
const localAiModels = ["llama-2-7b-chat", "mixtral-8x7b", "baichuan-7b", "rwkv", "stablediffusion"]

/** Servers one runs oneself: their models are called what their operator likes. */
export const selfHosted = [
  /** @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
  ownServer(
    { id: "vllm", name: "vLLM", baseUrl: "http://localhost:8000" },
    {
      tasks: ["embeddings", "rerank", "transcription", "translation"],
      responses: { address: responsesAddress },
    },
  ),
  /** @see https://lmstudio.ai/docs/developer/openai-compat */
  ownServer(
    { id: "lmstudio", name: "LM Studio", baseUrl: "http://localhost:1234" },
    {
      responses: { address: responsesAddress },
    },
  ),
  /** @see https://github.com/ggml-org/llama.cpp/tree/master/tools/server */
  ownServer(
    { id: "llamacpp", name: "llama.cpp", baseUrl: "http://localhost:8080" },
    { tasks: ["embeddings", "rerank"] },
  ),
  /** @see https://docs.sglang.ai/basic_usage/openai_api.html */
  ownServer(
    { id: "sglang", name: "SGLang", baseUrl: "http://localhost:30000" },
    { tasks: ["embeddings", "rerank"] },
  ),
  /** @see https://localai.io/features/openai-functions/ */
  ownServer(
    { id: "localai", name: "LocalAI", baseUrl: "http://localhost:8080", models: localAiModels },
    {
      tasks: ["embeddings", "image-generation", "speech", "transcription", "rerank"],
      taskEdits: inBase64,
    },
  ),
]
