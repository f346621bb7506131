import { openaiCompatible } from "../openai/compatible.ts"
import { withEnableThinking } from "../openai/thinking-switch.ts"
import { pictureEdits } from "./pictures.ts"

/**
 * Several errors are a bare line of text, which the status explains.
 *
 * @see https://docs.siliconflow.cn/cn/api-reference/chat-completions/chat-completions
 */
export const siliconflow = openaiCompatible(
  {
    id: "siliconflow",
    name: "SiliconFlow",
    baseUrl: "https://api.siliconflow.cn",
    models: [
      "deepseek-ai/DeepSeek-V4-Pro",
      "deepseek-ai/DeepSeek-V4-Flash",
      "deepseek-ai/DeepSeek-V3.2",
      "moonshotai/Kimi-K2.6",
      "zai-org/GLM-5.2",
      "zai-org/GLM-5V-Turbo",
      "MiniMaxAI/MiniMax-M2.5",
      "Qwen/Qwen3.6-35B-A3B",
      "Qwen/Qwen3-VL-235B-A22B-Instruct",
      "Qwen/Qwen3-8B",
      "tencent/Hy3-preview",
      "stepfun-ai/Step-3.5-Flash",
      "openai/gpt-oss-120b",
    ],
  },
  {
    adjust: withEnableThinking,
    wantsThoughts: true,
    tasks: ["embeddings", "image-generation", "rerank", "speech", "transcription"],
    taskEdits: pictureEdits,
    errors: {
      20012: "model-missing",
      20015: "invalid-request",
      20024: "content-filter",
      30001: "quota",
      30003: "model-missing",
      50501: "overloaded",
      50505: "overloaded",
      50507: "overloaded",
      50508: "overloaded",
    },
  },
)
