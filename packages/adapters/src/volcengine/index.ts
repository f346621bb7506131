import { openaiCompatible } from "../openai/compatible.ts"
import { withThinkingType } from "../openai/thinking-switch.ts"
import { errors } from "./errors.ts"
import { models } from "./models.ts"

/** @see https://www.volcengine.com/docs/82379/1494384 */
export const volcengine = openaiCompatible(
  {
    id: "volcengine",
    name: "Volcengine",
    baseUrl: "https://ark.cn-beijing.volces.com/api/v3",
    keyFormat: "key",
    models,
  },
  {
    prefix: "/api/v3",
    adjust: withThinkingType,
    tasks: ["embeddings", "image-generation"],
    errors,
  },
)
