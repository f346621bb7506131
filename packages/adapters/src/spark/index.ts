import type { Provider, Upstream } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { askSocket } from "../wire/ask-socket.ts"
import { httpProtocol, newestProtocol } from "./http.ts"
import { socketProtocol } from "./socket.ts"
import { isNewest, models } from "./versions.ts"

/**
 * Three ways to one service. X2.5 is asked over HTTP, like OpenAI; the models before it over a
 * WebSocket when the channel has its address and a key in three parts, else over HTTP with an
 * APIPassword. Names of versions that have ended are models, and the upstream's to refuse.
 *
 * @see https://www.xfyun.cn/doc/spark/
 */
export const spark: Provider = {
  id: "spark",
  name: "iFlytek Spark",
  baseUrl: "wss://spark-api.xf-yun.com",
  keyFormat: "app-id|api-secret|api-key / APIPassword",
  models,
  dialect: undefined,
  chat(request, upstream) {
    if (isNewest(request.model)) return askChat(newestProtocol, request, upstream)
    if (hasSocket(upstream)) return askSocket(socketProtocol, request, upstream)
    return askChat(httpProtocol, request, upstream)
  },
}

const hasSocket = ({ baseUrl, key }: Upstream) =>
  baseUrl.startsWith("ws") && key.split("|").length === 3
