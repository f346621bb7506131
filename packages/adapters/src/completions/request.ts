import type { ChatMessage, ChatRequest } from "../spec/index.ts"
import { unsupported } from "../wire/unsupported.ts"

/**
 * A conversation as one prompt, a line for each turn, for the model to write the next one.
 *
 * @see https://platform.openai.com/docs/api-reference/completions/create
 */
export function toBody(request: ChatRequest) {
  if (request.tools?.length) throw unsupported("tools", "tools")
  if (request.responseFormat && request.responseFormat.type !== "text")
    throw unsupported("structured answers", "response_format")
  return {
    model: request.model,
    prompt: [...request.messages.map(lineOf), "assistant:"].join("\n"),
    stream: request.stream,
    stream_options: request.stream ? { include_usage: true } : undefined,
    max_tokens: request.maxTokens,
    temperature: request.temperature,
    top_p: request.topP,
    presence_penalty: request.presencePenalty,
    frequency_penalty: request.frequencyPenalty,
    stop: request.stop,
    seed: request.seed,
    n: request.choices,
    logprobs: request.logprobs ? (request.topLogprobs ?? 0) : undefined,
    user: request.user,
  }
}

const lineOf = ({ role, content }: ChatMessage) =>
  `${role}: ${content
    .map((part) => {
      if (part.type !== "text") throw unsupported(`${part.type} parts`, "messages")
      return part.text
    })
    .join("")}`
