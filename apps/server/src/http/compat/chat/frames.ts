import { z } from "zod"
import type { Sampling, Style } from "../../../core/chat/style.ts"
import { wireMessage } from "../routes/presets.ts"

/** The first frame: who it is, and the number of the conversation that goes on; −1 for a new one. */
export const hello = z.object({
  token: z.string().catch(""),
  id: z.coerce.number().int().catch(-1),
  /** A share that the new conversation begins with. */
  ref: z.string().nullish().catch(null),
})
export type Hello = z.infer<typeof hello>

const number = z.number().nullish().catch(null)
const flag = z.boolean().catch(false)

/** Any later frame. Fields that make no sense are as if left out; what else there is, is not read. */
export const clientFrame = z.object({
  type: z.string().catch(""),
  message: z.string().catch(""),
  model: z.string().catch(""),
  web: flag,
  /** How many of the last messages are carried along. */
  context: number,
  ignore_context: flag,
  max_tokens: number,
  temperature: number,
  top_p: number,
  top_k: number,
  presence_penalty: number,
  frequency_penalty: number,
})
export type ClientFrame = z.infer<typeof clientFrame>

/** What a client is told. `conversation` is set in the first frame of a turn; `quota` is in points. */
export type ServerFrame = {
  conversation: number
  quota: number
  /** Once told what was searched for; clients measure its length. */
  keyword: ""
  message: string
  end: boolean
  /** Whether a plan pays. */
  plan: boolean
}

const modelDefault = "gpt-3.5-turbo"
export const modelOf = ({ model }: ClientFrame): string => model.trim() || modelDefault

const contextDefault = 8
const contextMax = 1_000

export function styleOf(frame: ClientFrame): Style {
  const context = Math.trunc(frame.context ?? 0)
  const carried = context > 0 ? Math.min(context, contextMax) : contextDefault
  return { messagesShown: frame.ignore_context ? 1 : carried, sampling: samplingOf(frame) }
}

function samplingOf(frame: ClientFrame): Sampling {
  const { max_tokens, temperature, top_p, top_k, presence_penalty, frequency_penalty } = frame
  return {
    ...(isCount(max_tokens) && { maxTokens: max_tokens }),
    ...(temperature != null && { temperature }),
    ...(top_p != null && { topP: top_p }),
    ...(isCount(top_k) && { topK: top_k }),
    ...(presence_penalty != null && { presencePenalty: presence_penalty }),
    ...(frequency_penalty != null && { frequencyPenalty: frequency_penalty }),
  }
}

const isCount = (value: number | null | undefined): value is number =>
  value != null && Number.isSafeInteger(value) && value > 0

const edit = /^\s*(\d{1,9})\s*:([\s\S]*)$/
const place = /^\s*(\d{1,9})\s*$/

/** `<place>:<words>`; undefined when it is something else. */
export function editIn(message: string): { index: number; text: string } | undefined {
  const [, index, text] = edit.exec(message) ?? []
  return index === undefined || text === undefined ? undefined : { index: Number(index), text }
}

export function placeIn(message: string): number | undefined {
  const [, index] = place.exec(message) ?? []
  return index === undefined ? undefined : Number(index)
}

const maskMessagesMax = 100

/** A JSON array of messages; undefined when it is something else. */
export function maskIn(message: string) {
  try {
    return z.array(wireMessage).max(maskMessagesMax).safeParse(JSON.parse(message)).data
  } catch {
    return undefined
  }
}
