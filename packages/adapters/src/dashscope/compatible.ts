import { clamped } from "../openai/clamp.ts"
import type { Quirks } from "../openai/compatible.ts"
import { withEnableThinking } from "../openai/thinking-switch.ts"
import type { ChatRequest } from "../spec/index.ts"
import { errors } from "./errors.ts"
import { onlyStreams, searching } from "./names.ts"
import { pictures } from "./pictures.ts"
import { rerank } from "./rerank.ts"

/** @see https://help.aliyun.com/zh/model-studio/qwen-api-via-openai-chat-completions */
export const compatible: Quirks = {
  prefix: "/compatible-mode/v1",
  edits,
  adjust: withEnableThinking,
  tasks: ["embeddings"],
  ownTasks: { "image-generation": pictures, rerank },
  errors,
}

/** Zero and one are outside what it takes; some models stream, whatever the caller wanted. */
function edits({ model: asked, stream, temperature, topP }: ChatRequest) {
  const { model, search } = searching(asked)
  return {
    ...(search && { model, enable_search: true }),
    ...(!stream && onlyStreams(model) && { stream: true, stream_options: { include_usage: true } }),
    ...clamped({ temperature, top_p: topP }, { temperature: [0, 1.99], top_p: [0.01, 1] }),
  }
}
