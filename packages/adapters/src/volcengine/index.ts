import { openaiCompatible } from "../openai/compatible.ts"
import { withThinkingType } from "../openai/thinking-switch.ts"
import type { Provider } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { errors } from "./errors.ts"
import { legacy, signs } from "./legacy.ts"
import { models } from "./models.ts"

const ark = openaiCompatible(
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

/**
 * Ark, unless the key is `AK|SK`: those signed requests to the platform before it.
 *
 * @see https://www.volcengine.com/docs/82379/1494384
 */
export const volcengine: Provider = {
  ...ark,
  chat: (request, upstream) =>
    signs(upstream.key) ? askChat(legacy, request, upstream) : ark.chat(request, upstream),
}
