import type { ChatEvent } from "../spec/index.ts"
import { type Json, record, records, text } from "../wire/json.ts"
import type { Report } from "../wire/poll.ts"
import { refusalOf } from "./call.ts"

const typing = /\s*_Typing…_\s*$/
const choice = 0

/** The bot's reply grows from look to look, and ends in a mark for as long as it does. */
export function createThreadReader(bot: string, question: string) {
  let told = ""

  return (thread: Json): Report => {
    const refusal = refusalOf(thread)
    if (refusal) return { events: [], failure: refusal }
    const reply = records(thread.messages).findLast((message) => isReply(message, bot, question))
    if (!reply) return { events: [] }
    const said = text(reply.text) ?? ""
    const code = text(record(reply.metadata).event_type) ?? ""
    if (/^claude_(moderation|error_message)$/.test(code))
      return { events: [], failure: { message: said, code, body: reply } }
    const words = said.replace(typing, "")
    const events: ChatEvent[] = []
    if (words.length > told.length) {
      events.push({ type: "text", choice, delta: words.slice(told.length) })
      told = words
    }
    const ended = words !== "" && !typing.test(said)
    if (ended) events.push({ type: "finish", choice, reason: "stop" })
    return { events, ended }
  }
}

const isReply = ({ ts, user, bot_id }: Json, bot: string, question: string) =>
  ts !== question && (user === bot || bot_id !== undefined)
