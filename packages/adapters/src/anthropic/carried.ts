import type { ChatRequest } from "../spec/index.ts"
import { splice } from "../wire/splice.ts"
import { toBody } from "./request.ts"

/**
 * The body for those who carry Anthropic's models: the model is in the address, and unless it is
 * among `kept` whether to stream; the version and what is tried out are in the body.
 *
 * @see https://docs.anthropic.com/en/api/claude-on-amazon-bedrock
 */
export function carried(
  request: ChatRequest,
  version: string,
  kept: readonly "stream"[] = [],
): string {
  const { native } = request
  const own = native?.dialect === "anthropic" ? native : undefined
  const text = own?.text ?? JSON.stringify(toBody(request))
  const beta = own?.headers?.["anthropic-beta"]
  const edits = new Map<string, string | undefined>([
    ["model", undefined],
    ["stream", kept.includes("stream") ? String(request.stream) : undefined],
    ["anthropic_version", JSON.stringify(version)],
  ])
  if (beta) edits.set("anthropic_beta", JSON.stringify(beta.split(/\s*,\s*/)))
  return splice(text, edits)
}
