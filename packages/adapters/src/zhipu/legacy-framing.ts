import { joinBytes, noBytes, textOf } from "../wire/bytes.ts"
import { parseJson } from "../wire/json.ts"
import type { Framing } from "../wire/protocol.ts"
import { lastBorder } from "../wire/sse.ts"

/**
 * Server-sent events whose data is bare words, and whose last one counts in a line called `meta`.
 * They become events in JSON.
 */
export const legacyFraming: Framing = {
  type: /^text\/event-stream/i,
  begin() {
    let held: Uint8Array = noBytes
    return {
      take(bytes) {
        const all = joinBytes([held, bytes].filter(({ length }) => length > 0))
        const border = lastBorder(all)
        held = all.subarray(border)
        return textOf(all.subarray(0, border))
          .split(/\r?\n\r?\n/)
          .map(reframe)
          .join("")
      },
      rest: () => reframe(textOf(held)),
    }
  },
}

function reframe(frame: string): string {
  const lines = frame.split(/\r?\n/)
  const valuesOf = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1))
  const [event = ""] = valuesOf("event").map((name) => name.trim())
  const said = valuesOf("data").join("\n")
  const told = event && tellingOf(event, said, valuesOf("meta").join(""))
  return told ? `data: ${JSON.stringify(told)}\n\n` : ""
}

function tellingOf(event: string, content: string, meta: string) {
  switch (event) {
    case "add":
      return { choices: [{ delta: { content } }] }
    case "finish":
      return {
        choices: [{ delta: { content }, finish_reason: "stop" }],
        ...(parseJson(meta) as object | undefined),
      }
    default:
      return { error: { message: content || event, ...(parseJson(content) as object | undefined) } }
  }
}
