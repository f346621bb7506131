type Body = Record<string, unknown>

const isOff = (effort: unknown) => effort === "none" || effort === "minimal"

/** The effort as a switch, `thinking: { type }`: Ark, DeepSeek, Moonshot and Zhipu have it. */
export function withThinkingType(body: Body): Body {
  const { reasoning_effort: effort } = body
  if (effort === undefined) return body
  return { ...body, thinking: { type: isOff(effort) ? "disabled" : "enabled" } }
}

/** The effort as a switch, `enable_thinking`: DashScope, Hunyuan and SiliconFlow have it. */
export function withEnableThinking({ reasoning_effort: effort, ...body }: Body): Body {
  return effort === undefined ? body : { ...body, enable_thinking: !isOff(effort) }
}
