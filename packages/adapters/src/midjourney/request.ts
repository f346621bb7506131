import type { ChatRequest, Upstream } from "../spec/index.ts"
import type { WireRequest } from "../wire/protocol.ts"
import { type Command, inMode } from "./command.ts"

/** The secret, and the addresses its notices come from. `null` stands for no secret. */
export function partsOf(key: string): { secret: string | undefined; addresses: string[] } {
  const [secret = "", list = ""] = key.split("|").map((part) => part.trim())
  return {
    secret: secret === "" || secret === "null" ? undefined : secret,
    addresses: list.split(",").flatMap((address) => address.trim() || []),
  }
}

function headersOf({ key }: Upstream): Record<string, string> {
  const { secret } = partsOf(key)
  return secret === undefined ? {} : { "mj-api-secret": secret }
}

/** @see https://github.com/novicezk/midjourney-proxy/blob/main/docs/api.md */
export function submission(
  command: Command,
  { model }: Pick<ChatRequest, "model">,
  upstream: Upstream,
  notifyHook: string | undefined,
): WireRequest & { body: string } {
  const { baseUrl } = upstream
  const hook = notifyHook === undefined ? {} : { notifyHook }
  const headers = headersOf(upstream)
  if (command.type === "imagine") {
    const { prompt, pictures } = command
    const body = {
      prompt: inMode(prompt, model, baseUrl),
      ...(pictures.length > 0 && { base64Array: pictures }),
      ...hook,
    }
    return { url: `${baseUrl}/mj/submit/imagine`, headers, body: JSON.stringify(body) }
  }
  const { type: _, ...change } = command
  const body = JSON.stringify({ ...change, ...hook })
  return { url: `${baseUrl}/mj/submit/change`, headers, body }
}

export const look = (taskId: string, upstream: Upstream) => ({
  url: `${upstream.baseUrl}/mj/task/${encodeURIComponent(taskId)}/fetch`,
  headers: headersOf(upstream),
})
