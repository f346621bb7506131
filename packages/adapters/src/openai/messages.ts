import type {
  CacheMark,
  ChatMessage,
  ChatRequest,
  ImagePart,
  Part,
  Reasoning,
  ToolCall,
} from "../spec/index.ts"

/** What a server takes of what OpenAI itself refuses. */
export type Knows = {
  /** Thoughts, as `reasoning_content`, with the calls they led to: some refuse the conversation without. */
  wantsThoughts?: boolean
  /** Signed thoughts, as `reasoning_details`. */
  signatures?: boolean
  /** Anthropic's `cache_control`. */
  marks?: boolean
}

/** @see https://platform.openai.com/docs/api-reference/chat/create#chat-create-messages */
export function messagesOf({ messages, model }: ChatRequest, knows: Knows) {
  const wire: object[] = []
  let shown: Part[] = []
  for (const message of joined(messages)) {
    if (message.role !== "tool" && shown.length > 0) {
      wire.push({ role: "user", content: contentOf(shown, knows) })
      shown = []
    }
    wire.push(toWire(message, model, knows))
    if (message.role === "tool") shown.push(...message.content.filter(isPicture))
  }
  if (shown.length > 0) wire.push({ role: "user", content: contentOf(shown, knows) })
  return wire
}

/** What the model says in a turn is one message here, or its calls would stand without their results. */
function joined(messages: readonly ChatMessage[]): ChatMessage[] {
  const turns: ChatMessage[] = []
  for (const message of messages) {
    const last = turns.at(-1)
    if (message.role === "assistant" && last?.role === "assistant")
      turns[turns.length - 1] = join(last, message)
    else turns.push(message)
  }
  return turns
}

type Assistant = ChatMessage & { role: "assistant" }

const join = (one: Assistant, other: Assistant): Assistant => ({
  role: "assistant",
  content: [...one.content, ...other.content],
  reasoning: [...(one.reasoning ?? []), ...(other.reasoning ?? [])],
  ...((one.toolCalls ?? other.toolCalls) && {
    toolCalls: [...(one.toolCalls ?? []), ...(other.toolCalls ?? [])],
  }),
})

/** A result is text here: pictures in it are shown by the user, after the last result. */
const isPicture = (part: Part): part is ImagePart => part.type === "image"

function toWire(message: ChatMessage, model: string, knows: Knows) {
  const content = contentOf(message.content.filter(isWord), knows)
  switch (message.role) {
    case "tool": {
      const words = marked(message.content.filter(isWord), message.cache)
      return { role: "tool", tool_call_id: message.callId, content: contentOf(words, knows) }
    }
    case "system":
      return { role: "system", content }
    case "user":
      return { role: "user", name: message.name, content: contentOf(message.content, knows) }
    case "assistant": {
      const tool_calls = message.toolCalls?.map((call) => callOf(call, model))
      return {
        role: "assistant",
        content: content === "" && tool_calls ? null : content,
        ...thoughtsOf(message.reasoning ?? [], knows, tool_calls !== undefined),
        tool_calls,
      }
    }
  }
}

/** A mark on the whole is one on its last part. */
const marked = (parts: Part[], cache: CacheMark | undefined): Part[] =>
  parts.map((part, at) => (cache && at === parts.length - 1 ? { ...part, cache } : part))

const isWord = ({ type }: Part) => type === "text"

/** Gemini behind its OpenAI-like address wants its signatures back. */
const callOf = ({ id, name, arguments: json, signature }: ToolCall, model: string) => ({
  id,
  type: "function",
  function: { name, arguments: json },
  extra_content:
    signature && model.includes("gemini")
      ? { google: { thought_signature: signature } }
      : undefined,
})

function thoughtsOf(reasoning: Reasoning[], { wantsThoughts, signatures }: Knows, called: boolean) {
  const signed = reasoning.filter(({ signature, redacted }) => signature || redacted)
  return {
    reasoning_content:
      wantsThoughts && called ? reasoning.map(({ text }) => text).join("") : undefined,
    reasoning_details: signatures && signed.length > 0 ? signed.map(detailOf) : undefined,
  }
}

/** @see https://openrouter.ai/docs/guides/best-practices/reasoning-tokens */
const detailOf = ({ text, signature, redacted }: Reasoning, index: number) =>
  redacted
    ? { type: "reasoning.encrypted", data: redacted, index }
    : { type: "reasoning.text", text, signature, index }

const textOf = (parts: Part[]) =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("")

/** Plain text stays a string: several servers know no parts. */
function contentOf(parts: Part[], { marks }: Knows) {
  const marked = marks && parts.some((part) => "cache" in part)
  if (!marked && parts.every(isWord)) return textOf(parts)
  return parts.map((part) => ({
    ...toWirePart(part),
    ...(marked && "cache" in part && { cache_control: part.cache }),
  }))
}

function toWirePart(part: Part) {
  switch (part.type) {
    case "text":
      return { type: "text", text: part.text }
    case "image":
      return { type: "image_url", image_url: { url: part.url, detail: part.detail } }
    case "audio":
      return { type: "input_audio", input_audio: { data: part.data, format: part.format } }
    case "file":
      return {
        type: "file",
        file: { filename: part.filename, file_data: part.data, file_id: part.fileId },
      }
  }
}
