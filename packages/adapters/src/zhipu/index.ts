import { openaiCompatible } from "../openai/compatible.ts"
import type { Provider } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { errors, failed } from "./errors.ts"
import { isLegacy, legacy } from "./legacy.ts"
import { models } from "./models.ts"
import { adjust, edits, secretOf } from "./request.ts"

const likeOpenai = openaiCompatible(
  {
    id: "zhipu",
    name: "Zhipu",
    baseUrl: "https://open.bigmodel.cn",
    keyFormat: "id.secret",
    models,
  },
  {
    prefix: "/api/paas/v4",
    headers: (upstream) => ({ authorization: `Bearer ${secretOf(upstream)}` }),
    edits,
    adjust,
    wantsThoughts: true,
    tasks: ["embeddings", "image-generation"],
    errors,
    failed,
  },
)

/**
 * The fourth version, like OpenAI's. The four models from before it, or an address that ends in `/v3`,
 * are asked in the third.
 *
 * @see https://docs.bigmodel.cn/cn/guide/develop/http/introduction
 */
export const zhipu: Provider = {
  ...likeOpenai,
  chat: (request, upstream) =>
    isLegacy(request.model, upstream.baseUrl)
      ? askChat(legacy, request, upstream)
      : likeOpenai.chat(request, upstream),
}
