import { openaiCompatible } from "../openai/compatible.ts"
import { withEnableThinking } from "../openai/thinking-switch.ts"
import type { Provider, Upstream } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { cloud } from "./cloud.ts"
import { errors } from "./errors.ts"
import { signs } from "./keys.ts"
import { isLegacy, legacy } from "./legacy.ts"
import { models } from "./models.ts"

const compatible = openaiCompatible(
  {
    id: "hunyuan",
    name: "Tencent Hunyuan",
    baseUrl: "https://api.hunyuan.cloud.tencent.com",
    keyFormat: "sk-… / app-id|secret-id|secret-key",
    models,
  },
  { adjust: withEnableThinking, tasks: ["embeddings"], errors },
)

/**
 * A key in one part is asked with as at OpenAI, one in parts signs requests to Tencent Cloud's API
 * 3.0; the first interface is a channel with its address, `https://hunyuan.cloud.tencent.com`.
 *
 * @see https://cloud.tencent.com/document/product/1729
 */
export const hunyuan: Provider = {
  ...compatible,
  chat(request, upstream) {
    const own = ownWay(upstream)
    return own ? askChat(own, request, upstream) : compatible.chat(request, upstream)
  },
}

function ownWay({ baseUrl, key }: Upstream): ChatProtocol | undefined {
  if (!signs(key)) return undefined
  return isLegacy(baseUrl) ? legacy : cloud
}
