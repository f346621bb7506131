import { clamped } from "../openai/clamp.ts"
import { withThinkingType } from "../openai/thinking-switch.ts"
import type { ChatRequest, Upstream } from "../spec/index.ts"
import { parseDataUrl } from "../wire/data-url.ts"
import { type Json, record, records } from "../wire/json.ts"
import { zhipuToken } from "../wire/sign/zhipu-token.ts"

/** A key in two parts signs a token and stays here; any other is sent as it is. */
export const secretOf = ({ key }: Pick<Upstream, "key">) =>
  /^[^.\s]+\.[^.\s]+$/.test(key) ? zhipuToken(key, Date.now()) : key

/** Zhipu refuses the ends of these ranges. */
export const edits = ({ temperature, topP }: ChatRequest) =>
  clamped({ temperature, top_p: topP }, { temperature: [0, 1], top_p: [0.01, 0.99] })

/** @see https://docs.bigmodel.cn/api-reference/模型-api/对话补全 */
export function adjust(
  { tool_choice, n: _, seed: __, user, ...body }: Record<string, unknown>,
  request: ChatRequest,
) {
  const bare = body.model === "glm-4v"
  const adjusted = {
    ...body,
    user_id: user,
    tool_choice: tool_choice === undefined ? undefined : "auto",
    messages: bare ? records(body.messages).map(withBareImages) : body.messages,
  }
  return withThinkingType(adjusted, request)
}

/** The first model that sees takes base64 without the head of a data URL, and no system turn. */
function withBareImages(message: Json) {
  const role = message.role === "system" ? "user" : message.role
  if (!Array.isArray(message.content)) return { ...message, role }
  return { ...message, role, content: records(message.content).map(bareImage) }
}

function bareImage(part: Json) {
  const inline = parseDataUrl(String(record(part.image_url).url ?? ""))
  return inline ? { ...part, image_url: { url: inline.data } } : part
}
