import type {
  ChatEvent,
  ChatMessage,
  ChatRequest,
  Dialect,
  Native,
  Reasoning,
} from "../spec/index.ts"

/**
 * A signature only means something to whoever made it, and whoever did not refuses it. One that a
 * caller of another dialect keeps for its maker is marked with the maker's dialect; one without a
 * mark is of the caller's own.
 */
const mark = "nio."
const marked = /^nio\.([a-z]+)\.(.*)$/s

/** A mark in a body, after the words with which a dialect says what is signed, and in base64. */
const markInBody = /"(?:(?:call|redacted)[.:])?nio\.[a-z]+\.|"(?:cmVkYWN0ZWQu)?bmlvL/

/** The same event, for a caller whose dialect is not the maker's. */
export function signedBy(maker: Dialect, event: ChatEvent): ChatEvent {
  if (event.type !== "reasoning" && event.type !== "tool-call") return event
  const { signature } = event
  const redacted = event.type === "reasoning" ? event.redacted : undefined
  if (!signature && !redacted) return event
  const prefix = `${mark}${maker}.`
  return {
    ...event,
    ...(signature && { signature: prefix + signature }),
    ...(redacted && { redacted: prefix + redacted }),
  } as ChatEvent
}

/**
 * The request with only those signatures in it that a model of the dialect made. A caller's own
 * body goes up as it is, unless it holds somebody else's.
 */
export function withOwnSignatures(request: ChatRequest, asked: Dialect | undefined): ChatRequest {
  const { native } = request
  if (!native) return request
  const untouched = native.dialect === asked
  if (untouched && !holdsMark(native)) return request
  let messages: ChatMessage[] | undefined
  return Object.create(request, {
    messages: {
      get: () => {
        messages ??= request.messages.map((message) => owned(message, native.dialect, asked))
        return messages
      },
      enumerable: true,
    },
    ...(untouched && { native: { value: undefined, enumerable: true } }),
  })
}

const holdsMark = ({ text }: Native) =>
  (text.includes(mark) || text.includes("bmlvL")) && markInBody.test(text)

/** Who makes no dialect's bytes is told what has no mark: it may well be theirs. */
function owned(message: ChatMessage, caller: Dialect, asked: Dialect | undefined): ChatMessage {
  if (message.role !== "assistant") return message
  const own = (signature: string | undefined) => {
    if (!signature) return undefined
    const [, maker, rest] = marked.exec(signature) ?? []
    if (maker) return maker === asked ? rest : undefined
    return asked === undefined || caller === asked ? signature : undefined
  }
  const { reasoning, toolCalls, ...rest } = message
  return {
    ...rest,
    ...(reasoning && { reasoning: reasoning.flatMap((thought) => ownThought(thought, own)) }),
    ...(toolCalls && {
      toolCalls: toolCalls.map(({ signature, ...call }) => {
        const mine = own(signature)
        return { ...call, ...(mine && { signature: mine }) }
      }),
    }),
  }
}

function ownThought(
  { text, signature, redacted }: Reasoning,
  own: (signature: string | undefined) => string | undefined,
): Reasoning[] {
  const [signed, hidden] = [own(signature), own(redacted)]
  if (redacted && !hidden && !text) return []
  return [{ text, ...(signed && { signature: signed }), ...(hidden && { redacted: hidden }) }]
}
