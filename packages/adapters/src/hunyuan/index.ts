import { openaiCompatible } from "../openai/compatible.ts"
import { withEnableThinking } from "../openai/thinking-switch.ts"
import { models } from "./models.ts"

/** @see https://cloud.tencent.com/document/product/1729/111007 */
export const hunyuan = openaiCompatible(
  {
    id: "hunyuan",
    name: "Tencent Hunyuan",
    baseUrl: "https://api.hunyuan.cloud.tencent.com",
    keyFormat: "sk-… / app-id|secret-id|secret-key",
    models,
  },
  { adjust: withEnableThinking, tasks: ["embeddings"] },
)
