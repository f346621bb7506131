import type { ChatEvent, FinishReason, TokenLogprob, Usage } from "@nio/adapters"
import type { AnswerHead } from "../dialect.ts"
import { imageMarkdown } from "../image-markdown.ts"
import { createDetails, type Details } from "./reasoning-details.ts"

/** Who the answer is from and how the caller wants it told. `id` is `chatcmpl-…`. */
export type ChatHead = AnswerHead & { legacyFunctions: boolean }

const finishReasons: Record<FinishReason, string> = {
  stop: "stop",
  length: "length",
  "tool-calls": "tool_calls",
  "content-filter": "content_filter",
  other: "stop",
}
export const finishReasonOf = (reason: FinishReason, { legacyFunctions }: ChatHead) =>
  legacyFunctions && reason === "tool-calls" ? "function_call" : finishReasons[reason]

/** @see https://platform.openai.com/docs/api-reference/chat/object */
export function wireUsage({ input, output, cachedInput, cacheWriteInput, reasoning }: Usage) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: {
      cached_tokens: cachedInput ?? 0,
      ...(cacheWriteInput !== undefined && { cache_write_tokens: cacheWriteInput }),
    },
    completion_tokens_details: { reasoning_tokens: reasoning ?? 0 },
  }
}

export const wireLogprobs = (logprobs: readonly TokenLogprob[]) => ({
  content: logprobs.map(({ token, logprob, bytes, top }) => ({
    token,
    logprob,
    bytes: bytes ?? [...Buffer.from(token)],
    top_logprobs: (top ?? []).map((other) => ({
      token: other.token,
      logprob: other.logprob,
      bytes: other.bytes ?? [...Buffer.from(other.token)],
    })),
  })),
  refusal: null,
})

const frame = (payload: unknown) => `data: ${JSON.stringify(payload)}\n\n`

export const doneFrame = "data: [DONE]\n\n"

/**
 * Writes events as the frames of a chat completion stream. The first frame of each choice carries
 * the role, the last its finish reason; the usage comes once, at the very end, when asked for.
 */
export function createChunkWriter(head: ChatHead, includeUsage: boolean) {
  const begun = new Set<number>()
  const callsSeen = new Set<string>()
  const details = new Map<number, Details>()
  let usage: Usage | undefined
  const { id, created, model } = head
  const base = { id, object: "chat.completion.chunk", created, model }
  const usageField = includeUsage ? { usage: null } : {}

  function chunk(
    choice: number,
    delta: object,
    finish: string | null = null,
    logprobs?: TokenLogprob[],
  ) {
    const role = begun.has(choice) ? {} : { role: "assistant" }
    begun.add(choice)
    return frame({
      ...base,
      choices: [
        {
          index: choice,
          delta: { ...role, ...delta },
          logprobs: logprobs ? wireLogprobs(logprobs) : null,
          finish_reason: finish,
        },
      ],
      ...usageField,
    })
  }

  function toolCall(event: ChatEvent & { type: "tool-call" }) {
    const { choice, index, id: callId, name, argumentsDelta, signature } = event
    const key = `${choice}.${index}`
    const first = !callsSeen.has(key)
    callsSeen.add(key)
    const call = { ...(first && { name }), arguments: argumentsDelta }
    if (head.legacyFunctions) return chunk(choice, { function_call: call })
    return chunk(choice, {
      tool_calls: [
        {
          index,
          ...(first && { id: callId, type: "function" }),
          function: call,
          ...(signature && { extra_content: { google: { thought_signature: signature } } }),
        },
      ],
    })
  }

  function thought(event: ChatEvent & { type: "reasoning" }) {
    const known = details.get(event.choice) ?? createDetails()
    details.set(event.choice, known)
    const detail = known.add(event)
    if (!event.delta && !detail) return ""
    return chunk(event.choice, {
      ...(event.delta && { reasoning_content: event.delta }),
      ...(detail && { reasoning_details: [detail] }),
    })
  }

  function write(event: ChatEvent): string {
    switch (event.type) {
      case "text":
        return chunk(event.choice, { content: event.delta }, null, event.logprobs)
      case "reasoning":
        return thought(event)
      case "refusal":
        return chunk(event.choice, { refusal: event.delta })
      case "tool-call":
        return toolCall(event)
      case "image":
        return chunk(event.choice, { content: imageMarkdown(event) })
      case "finish":
        return chunk(event.choice, {}, finishReasonOf(event.reason, head))
      case "usage":
        usage = event.usage
        return ""
    }
  }

  return {
    /** The frames for some events; empty when they have nothing to show yet. */
    write: (events: readonly ChatEvent[]) => events.map(write).join(""),
    /** The last frames, `[DONE]` included. `counted` stands in for a usage the upstream did not send. */
    end(counted?: Usage) {
      const last = usage ?? counted
      const usageFrame =
        includeUsage && last ? frame({ ...base, choices: [], usage: wireUsage(last) }) : ""
      return usageFrame + doneFrame
    },
  }
}
