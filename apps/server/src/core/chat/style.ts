import type { ChatRequest } from "@nio/adapters"

/** How much of a conversation a model is shown, and how it is to write. What is left out is as always. */
export type Style = {
  /** So many of the last messages, the question included. */
  messagesShown?: number
  sampling?: Sampling
}

export type Sampling = Pick<
  ChatRequest,
  "maxTokens" | "temperature" | "topP" | "topK" | "presencePenalty" | "frequencyPenalty"
>
