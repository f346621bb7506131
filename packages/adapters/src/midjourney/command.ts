import { type ChatMessage, type ChatRequest, type Part, UpstreamError } from "../spec/index.ts"

export type Command =
  | {
      type: "imagine"
      prompt: string
      /** Pictures to go by, as data URLs. */
      pictures: string[]
    }
  | { type: "change"; action: "UPSCALE" | "VARIATION"; taskId: string; index: number }
  | { type: "change"; action: "REROLL"; taskId: string }

const change = /^\/(upscale|variation|reroll)(?:\s+(.*))?$/is
const imagine = /^\/imagine(?:\s+|$)/i
const taskIdOf = /^[\w-]{1,64}$/

/**
 * What the last message asks for: a picture, or something to be done with one.
 * @throws UpstreamError `invalid-request`
 */
export function commandOf({ messages }: Pick<ChatRequest, "messages">): Command {
  const content = lastContent(messages)
  const text = textOf(content)
  const [, action, rest] = change.exec(text) ?? []
  if (action) return changeOf(action.toUpperCase(), wordsOf(rest))

  const urls = content.flatMap((part) => (part.type === "image" ? [part.url] : []))
  const words = text.replace(imagine, "").trim()
  if (words === "" && urls.length === 0) throw refused("There is nothing to draw.")
  const isData = (url: string) => url.startsWith("data:")
  const prompt = [...urls.filter((url) => !isData(url)), words].filter(Boolean).join(" ")
  return { type: "imagine", prompt, pictures: urls.filter(isData) }
}

/** The task that the last message wants something done with, if any. */
export function taskNamed({ messages }: Pick<ChatRequest, "messages">): string | undefined {
  const [, , rest] = change.exec(textOf(lastContent(messages))) ?? []
  return wordsOf(rest)[0] || undefined
}

const lastContent = (messages: readonly ChatMessage[]): readonly Part[] =>
  messages.findLast(({ role }) => role === "user")?.content ?? []

const textOf = (content: readonly Part[]) =>
  content
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join(" ")
    .trim()

const wordsOf = (text = "") => text.trim().split(/\s+/)

function changeOf(action: string, [taskId = "", number = "", ...more]: string[]): Command {
  if (!taskIdOf.test(taskId) || more.length > 0)
    throw refused(`Write /${action} with the number of a picture's task.`)
  if (action === "REROLL" && number === "") return { type: "change", action, taskId }
  if (action === "REROLL" || !/^[1-4]$/.test(number))
    throw refused(`Write /${action} with a task${action === "REROLL" ? "" : " and 1, 2, 3 or 4"}.`)
  return {
    type: "change",
    action: action as "UPSCALE" | "VARIATION",
    taskId,
    index: Number(number),
  }
}

const refused = (message: string) => new UpstreamError("invalid-request", message)

const modes = /(^|\s)--(?:relax|fast|turbo)(?=\s|$)/gi
/** Such an address of a reseller has the mode in it. */
const ownMode = /\/mj-(?:relax|fast|turbo)$/

/** The prompt in the mode of the model's name; what the caller wrote of modes does not count. */
export function inMode(prompt: string, model: string, baseUrl: string): string {
  if (ownMode.test(baseUrl)) return prompt
  const [, mode = "relax"] = /-(fast|turbo)$/.exec(model) ?? []
  return `${prompt.replace(modes, "$1").replace(/ {2,}/g, " ").trim()} --${mode}`
}
