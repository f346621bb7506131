import type { ChatRequest } from "../spec/index.ts"

type Body = Record<string, unknown>
type Wish = Pick<ChatRequest, "reasoningEffort">

/** Whether to think at all; undefined when the caller does not say. */
export const wantsThinking = ({ reasoningEffort: effort }: Wish) =>
  effort === undefined ? undefined : effort !== "none" && effort !== "minimal"

/** The effort as a switch, `thinking: { type }`, beside it: Ark, Moonshot and Zhipu have it. */
export function withThinkingType(body: Body, wish: Wish): Body {
  const thinking = wantsThinking(wish)
  return thinking === undefined
    ? body
    : { ...body, thinking: { type: thinking ? "enabled" : "disabled" } }
}

/** The effort as a switch, `enable_thinking`, in place of it: DashScope, Hunyuan and SiliconFlow have it. */
export function withEnableThinking({ reasoning_effort: _, ...body }: Body, wish: Wish): Body {
  return { ...body, enable_thinking: wantsThinking(wish) }
}
