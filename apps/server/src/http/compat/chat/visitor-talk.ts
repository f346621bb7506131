import type { ChatEvent, ChatMessage, Part } from "@nio/adapters"
import { anonymousActor } from "../../../core/actor.ts"
import type { Opening } from "../../../core/chat/start-conversation.ts"
import type { Deps } from "../../../core/deps.ts"
import { AppError } from "../../../core/error.ts"
import { generate } from "../../../core/generation/generate.ts"
import { splitPictures } from "../content.ts"
import { type ClientFrame, modelOf, styleOf } from "./frames.ts"
import { emptyText, type Room, type Talk } from "./talk.ts"
import type { Turn } from "./turn.ts"

/** What one socket keeps of a conversation that is not stored. */
const messagesMax = 200
const charsMax = 1_000_000

/** The conversation of somebody without an account: kept here, as long as the socket is open. */
export function createVisitorTalk(
  deps: Deps,
  { address, hasRoom }: Room & { address: string },
): Talk {
  const actor = anonymousActor(address)
  let path: Opening[] = []
  let answering: AbortController | undefined
  let drained = () => {}

  async function answer(frame: ClientFrame, turn: Turn) {
    turn.begin(-1)
    const { messagesShown = messagesMax, sampling } = styleOf(frame)
    const abort = new AbortController()
    answering = abort
    let text = ""
    try {
      const generation = await generate(deps, {
        id: deps.newId(),
        actor,
        request: {
          ...sampling,
          model: modelOf(frame),
          messages: path.slice(-messagesShown).map(shown),
          stream: true,
        },
        source: "chat",
        ...(frame.web && { search: true }),
        signal: abort.signal,
      })
      for (let batch = await generation.next(); batch; batch = await generation.next()) {
        const words = batch.events.map(wordsOf).join("")
        text += words
        turn.say(words)
        if (!hasRoom()) await new Promise<void>((resolve) => (drained = resolve))
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error
    } finally {
      answering = undefined
      if (text !== "") path.push({ role: "assistant", text })
    }
    turn.end(text === "" && !abort.signal.aborted ? { message: emptyText } : {})
  }

  function keep(opening: readonly Opening[]) {
    const chars = opening.reduce((sum, { text }) => sum + text.length, 0)
    if (opening.length > messagesMax || chars > charsMax)
      throw new AppError("input.too-large", { limit: `${charsMax} characters` })
    path = [...opening]
  }

  return {
    async ask(frame, turn) {
      keep([...path, { role: "user", ...splitPictures(frame.message) }])
      await answer(frame, turn)
    },
    async again(frame, turn) {
      path = path.slice(0, path.findLastIndex(({ role }) => role === "user") + 1)
      if (path.length === 0) throw new AppError("message.not-found")
      await answer(frame, turn)
    },
    async edit(index, text) {
      keep(path.map((message, at) => (at === index ? { ...message, text } : message)))
    },
    async remove(index) {
      path = path.filter((_, at) => at !== index)
    },
    async prepend(opening) {
      keep([...opening, ...path])
    },
    stop: () => answering?.abort(),
    drain: () => drained(),
    close() {
      answering?.abort()
      drained()
    },
  }
}

function shown({ role, text, images = [] }: Opening): ChatMessage {
  const words: Part[] = text === "" ? [] : [{ type: "text", text }]
  if (role !== "user") return { role, content: words }
  return { role, content: [...words, ...images.map((url): Part => ({ type: "image", url }))] }
}

function wordsOf(event: ChatEvent): string {
  if (event.type === "text" || event.type === "refusal") return event.delta
  return event.type === "image" ? `\n\n![](data:${event.mime};base64,${event.data})\n\n` : ""
}
