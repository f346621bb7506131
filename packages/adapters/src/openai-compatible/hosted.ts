import { openaiCompatible } from "../openai/compatible.ts"
import type { ChatRequest, Upstream } from "../spec/index.ts"

/** For addresses that are complete without a version. */
const unversioned = (_: ChatRequest, { baseUrl }: Upstream) => `${baseUrl}/chat/completions`

/** @see https://docs.perplexity.ai/api-reference/chat-completions-post */
const perplexity = openaiCompatible(
  {
    id: "perplexity",
    name: "Perplexity",
    baseUrl: "https://api.perplexity.ai",
    keyFormat: "pplx-…",
    models: ["sonar", "sonar-pro", "sonar-reasoning-pro", "sonar-deep-research"],
  },
  { address: unversioned, refusesStreamOptions: () => true },
)

/** @see https://docs.together.ai/reference/chat-completions-1 */
const together = openaiCompatible(
  {
    id: "together",
    name: "Together AI",
    baseUrl: "https://api.together.xyz",
    keyFormat: "…",
    models: [
      "openai/gpt-oss-120b",
      "meta-llama/Llama-3.3-70B-Instruct-Turbo",
      "deepseek-ai/DeepSeek-V3.1",
      "Qwen/Qwen3-235B-A22B-Instruct-2507-tput",
      "moonshotai/Kimi-K2-Instruct-0905",
    ],
  },
  { tasks: ["embeddings", "image-generation", "rerank", "speech", "transcription"] },
)

/** @see https://docs.fireworks.ai/api-reference/post-chatcompletions */
const fireworks = openaiCompatible(
  {
    id: "fireworks",
    name: "Fireworks AI",
    baseUrl: "https://api.fireworks.ai/inference",
    keyFormat: "fw_…",
    models: [
      "accounts/fireworks/models/gpt-oss-120b",
      "accounts/fireworks/models/deepseek-v3p1",
      "accounts/fireworks/models/llama-v3p3-70b-instruct",
    ],
  },
  { tasks: ["embeddings", "rerank"] },
)

/** @see https://inference-docs.cerebras.ai/api-reference/chat-completions */
const cerebras = openaiCompatible(
  {
    id: "cerebras",
    name: "Cerebras",
    baseUrl: "https://api.cerebras.ai",
    keyFormat: "csk-…",
    models: ["gpt-oss-120b", "zai-glm-4.7", "llama-3.3-70b", "llama3.1-8b", "qwen-3-32b"],
  },
  { omit: ["presence_penalty", "frequency_penalty", "logit_bias"] },
)

/** @see https://docs.api.nvidia.com/nim/reference/llm-apis */
const nvidia = openaiCompatible(
  {
    id: "nvidia",
    name: "NVIDIA NIM",
    baseUrl: "https://integrate.api.nvidia.com",
    keyFormat: "nvapi-…",
    models: [
      "openai/gpt-oss-120b",
      "meta/llama-3.3-70b-instruct",
      "nvidia/llama-3.3-nemotron-super-49b-v1.5",
    ],
  },
  { tasks: ["embeddings"] },
)

/** @see https://docs.github.com/en/rest/models/inference */
const githubModels = openaiCompatible(
  {
    id: "github-models",
    name: "GitHub Models",
    baseUrl: "https://models.github.ai/inference",
    keyFormat: "github_pat_…",
    models: ["openai/gpt-4.1", "openai/gpt-4.1-mini", "meta/llama-3.3-70b-instruct"],
  },
  { address: unversioned },
)

/** @see https://huggingface.co/docs/inference-providers */
const huggingface = openaiCompatible({
  id: "huggingface",
  name: "Hugging Face",
  baseUrl: "https://router.huggingface.co",
  keyFormat: "hf_…",
  models: [
    "openai/gpt-oss-120b",
    "meta-llama/Llama-3.3-70B-Instruct",
    "deepseek-ai/DeepSeek-V3.1",
    "Qwen/Qwen3-235B-A22B-Instruct-2507",
  ],
})

/** @see https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api */
const snowflake = openaiCompatible({
  id: "snowflake",
  name: "Snowflake Cortex",
  baseUrl: "https://account.snowflakecomputing.com/api/v2/cortex/v1",
  keyFormat: "…",
  models: ["claude-sonnet-4-5", "openai-gpt-4.1", "llama3.3-70b", "mistral-large2"],
})

/** Its path is shorter than OpenAI's. @see https://dev.writer.com/api-reference/completion-api/chat-completion */
const writer = openaiCompatible(
  {
    id: "writer",
    name: "Writer",
    baseUrl: "https://api.writer.com",
    keyFormat: "…",
    models: ["palmyra-x5", "palmyra-x4"],
  },
  { address: (_, { baseUrl }) => `${baseUrl}${/\/v1$/.test(baseUrl) ? "" : "/v1"}/chat` },
)

/** Services that differ from OpenAI in little more than their address. */
export const hosted = [
  perplexity,
  together,
  fireworks,
  cerebras,
  nvidia,
  githubModels,
  huggingface,
  snowflake,
  writer,
]
