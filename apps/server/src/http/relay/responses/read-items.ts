import type { ChatMessage, Part } from "@nio/adapters"
import { check } from "../check.ts"
import { itemSchema, type WireItem, type WirePart } from "./request-schema.ts"
import { unseal } from "./sealed.ts"
import { functionName } from "./tools.ts"

type Item = Readonly<Record<string, unknown>>
type Assistant = ChatMessage & { role: "assistant" }

/** Messages may leave out what they are. */
export const typeOf = ({ type, role }: Item) => type ?? (role === undefined ? undefined : "message")

/**
 * The turns of a conversation. Thoughts, words and calls of the model's that follow each other are
 * one turn as long as they come in that order.
 *
 * @throws AppError `input.invalid`
 */
export function readItems(input: string | readonly Item[]): ChatMessage[] {
  if (typeof input === "string") return [{ role: "user", content: [{ type: "text", text: input }] }]
  const messages: ChatMessage[] = []
  let signature: string | undefined

  /** The turn under way, unless it is past what is to be added. */
  function turn(goesOn: (last: Assistant) => boolean): Assistant {
    const last = messages.at(-1)
    if (last?.role === "assistant" && goesOn(last)) return last
    const begun: Assistant = { role: "assistant", content: [] }
    messages.push(begun)
    return begun
  }

  function read(item: WireItem) {
    switch (item.type) {
      case "message": {
        const { role } = item
        const parts = readContent(item.content)
        if (role === "assistant") turn((last) => !last.toolCalls).content.push(...parts)
        else messages.push({ role: role === "user" ? role : "system", content: parts })
        break
      }
      case "reasoning": {
        const thoughts = [...(item.summary ?? []), ...(item.content ?? [])]
        const text = thoughts.map((thought) => thought.text).join("\n\n")
        const unsealed = unseal(text, item.encrypted_content ?? undefined)
        if ("callSignature" in unsealed) {
          signature = unsealed.callSignature
          break
        }
        const last = turn(({ content, toolCalls }) => content.length === 0 && !toolCalls)
        last.reasoning = [...(last.reasoning ?? []), unsealed.reasoning]
        break
      }
      case "function_call":
      case "custom_tool_call": {
        const json = "input" in item ? JSON.stringify({ input: item.input }) : item.arguments
        const call = {
          id: item.call_id,
          name: functionName(item.name, item.namespace),
          arguments: json || "{}",
          ...(signature && { signature }),
        }
        const last = turn(() => true)
        last.toolCalls = [...(last.toolCalls ?? []), call]
        signature = undefined
        break
      }
      case "function_call_output":
      case "custom_tool_call_output":
        messages.push({ role: "tool", callId: item.call_id, content: readContent(item.output) })
    }
  }

  for (const [at, item] of input.entries())
    read(check(itemSchema, { ...item, type: typeOf(item) }, `input.${at}`))
  return messages
}

function readContent(content: string | WirePart[]): Part[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }]
  return content.map(readPart)
}

function readPart(part: WirePart): Part {
  switch (part.type) {
    case "refusal":
      return { type: "text", text: part.refusal }
    case "input_image":
      return { type: "image", url: part.image_url, ...(part.detail && { detail: part.detail }) }
    case "input_audio":
      return { type: "audio", ...part.input_audio }
    case "input_file": {
      const { filename, file_id, file_data, file_url } = part
      const data = file_data ?? file_url
      return {
        type: "file",
        ...(filename && { filename }),
        ...(data && { data }),
        ...(file_id && { fileId: file_id }),
      }
    }
    default:
      return { type: "text", text: part.text }
  }
}
