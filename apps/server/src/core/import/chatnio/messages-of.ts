import type { MessageRole } from "@nio/db"
import { z } from "zod"

/** A message as it will be stored. `at` is its place over there, counted from 0. */
export type OldMessage = {
  at: number
  role: MessageRole
  text: string
  reasoning: string
  images: string[]
}

const call = z.unknown().optional()
const stored = z.array(
  z
    .object({
      role: z.string().catch(""),
      content: z.union([z.string(), z.null()]).optional().catch(null),
      name: z.string().nullish().catch(null),
      reasoning_content: z.string().nullish().catch(null),
      function_call: call,
      tool_calls: z.array(call).nullish().catch(null),
    })
    .catch({ role: "", function_call: undefined }),
)

/**
 * The messages in a column of the original: a JSON list. What a tool was asked and said becomes text, so
 * that nothing is lost; who has a role unknown here is left out.
 * @returns undefined when it is not such a list
 */
export function messagesOf(text: string | null | undefined) {
  const list = listOf(text)
  if (!list) return undefined
  const messages: OldMessage[] = []
  for (const [at, message] of list.entries()) {
    const role = roles[message.role]
    if (!role) continue
    const { text, images } = apart(role, wordsOf(message))
    messages.push({ at, role, text, reasoning: message.reasoning_content ?? "", images })
  }
  return { messages, leftOut: list.length - messages.length }
}

function listOf(text: string | null | undefined) {
  try {
    return stored.safeParse(JSON.parse(text ?? "")).data
  } catch {
    return undefined
  }
}

const roles: Readonly<Record<string, MessageRole>> = {
  system: "system",
  user: "user",
  assistant: "assistant",
  tool: "assistant",
  function: "assistant",
}

type Stored = z.infer<typeof stored>[number]

function wordsOf({ role, content, name, function_call, tool_calls }: Stored): string {
  const words = content ?? ""
  if (role === "tool" || role === "function") return fenced(name ?? "tool", words)
  const calls = [...(function_call ? [function_call] : []), ...(tool_calls ?? [])]
  const asked = calls.map((one) => fenced("json", JSON.stringify(one, null, 2)))
  return [words, ...asked].filter(Boolean).join("\n\n")
}

/** The fence is longer than any in the text. */
function fenced(word: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = "`".repeat(longest + 1)
  return `${fence}${word.replace(/[`\s]/g, "")}\n${text}\n${fence}`
}

const dataPicture = /data:image\/[\w.+-]+;base64,[A-Za-z0-9+/=]+/g

/** Pictures stood in the text as data; here they belong to the message. Addresses stay where they are. */
function apart(role: MessageRole, text: string): { text: string; images: string[] } {
  if (role !== "user" || !text.includes("data:image/")) return { text, images: [] }
  const images = text.match(dataPicture) ?? []
  return { text: text.replaceAll(dataPicture, "").trim(), images }
}
