import type { Deps } from "../../../core/deps.ts"
import { AppError } from "../../../core/error.ts"
import type { Call } from "../call.ts"
import { chat } from "../chat.ts"
import { count } from "../count.ts"
import type { KeepAlive } from "../keep-alive.ts"
import { addressOf } from "./address.ts"
import { geminiContent } from "./index.ts"
import { readContentRequest, readCountRequest } from "./read-request.ts"

/** Does what the address asks of a model. */
export function handleModel(deps: Deps, keepAlive: KeepAlive, call: Call): Promise<Response> {
  const { model, verb, sse } = addressOf(call.request)
  switch (verb) {
    case "generateContent":
    case "streamGenerateContent": {
      const stream = verb === "streamGenerateContent"
      const read = (text: string) => readContentRequest(text, { model, stream, sse })
      return chat(deps, keepAlive, geminiContent, call, read)
    }
    case "countTokens":
      return count(
        deps,
        call,
        (text) => readCountRequest(text, model),
        (totalTokens) => ({ totalTokens }),
      )
    default:
      throw new AppError("route.not-found", { path: new URL(call.request.url).pathname })
  }
}
