import { openaiCompatible } from "../openai/compatible.ts"
import { withEnableThinking } from "../openai/thinking-switch.ts"
import type { Provider } from "../spec/index.ts"
import { errors } from "./errors.ts"
import { askWenxin } from "./wenxin.ts"

const likeOpenai = openaiCompatible(
  {
    id: "qianfan",
    name: "Baidu Qianfan",
    baseUrl: "https://qianfan.baidubce.com",
    keyFormat: "bce-v3/… / client-id|client-secret",
    models: [
      "ERNIE-4.0-8K",
      "ERNIE-3.5-8K",
      "ERNIE-Speed-128K",
      "ERNIE-Speed-8K",
      "ERNIE-Lite-8K-0922",
      "ERNIE-Tiny-8K",
    ],
  },
  {
    prefix: "/v2",
    adjust: withEnableThinking,
    tasks: ["embeddings", "rerank"],
    errors,
  },
)

/**
 * The second version, like OpenAI's. A key in two parts is one of the first.
 *
 * @see https://cloud.baidu.com/doc/qianfan/s/Jmh4stdoj
 */
export const qianfan: Provider = {
  ...likeOpenai,
  chat: (request, upstream) =>
    upstream.key.includes("|") ? askWenxin(request, upstream) : likeOpenai.chat(request, upstream),
}
