import { openaiCompatible } from "../openai/compatible.ts"
import type { Provider, Upstream } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { compatible } from "./compatible.ts"
import { models } from "./models.ts"
import { native } from "./native.ts"

const likeOpenai = openaiCompatible(
  {
    id: "dashscope",
    name: "Alibaba DashScope",
    baseUrl: "https://dashscope.aliyuncs.com",
    models,
  },
  compatible,
)

/**
 * The compatible interface, unless the channel's address ends in `/api/v1`: that is DashScope's own,
 * which a few models only have.
 *
 * @see https://help.aliyun.com/zh/model-studio/
 */
export const dashscope: Provider = {
  ...likeOpenai,
  chat: (request, upstream) =>
    isNative(upstream) ? askChat(native, request, upstream) : likeOpenai.chat(request, upstream),
}

const isNative = ({ baseUrl }: Upstream) => /\/api\/v\d$/.test(baseUrl)
