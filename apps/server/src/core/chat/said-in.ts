import type { ChatEvent } from "@nio/adapters"

/** What the first choice said in these events, and what it thought. Pictures become part of the text, as Markdown. */
export function saidIn(events: readonly ChatEvent[]): { text: string; reasoning: string } {
  let [text, reasoning] = ["", ""]
  for (const event of events) {
    if ("choice" in event && event.choice !== 0) continue
    if (event.type === "reasoning") reasoning += event.delta
    else text += wordsOf(event)
  }
  return { text, reasoning }
}

function wordsOf(event: ChatEvent): string {
  if (event.type === "text" || event.type === "refusal") return event.delta
  if (event.type === "image") return `\n\n![](data:${event.mime};base64,${event.data})\n\n`
  return ""
}
