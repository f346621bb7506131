/** For upstreams that give their tool calls none. Random, so that no two turns share one. */
export const newCallId = () => `call_${crypto.randomUUID().replaceAll("-", "").slice(0, 24)}`
