import { joinBytes, noBytes, textOf } from "./bytes.ts"
import type { Framing } from "./protocol.ts"
import { asEvent } from "./reframe.ts"
import { brokenError } from "./upstream-error.ts"

const lf = 10
/** A line may hold an image. */
const lineBytesMax = 16_000_000

/** One JSON document per line. @see https://github.com/ndjson/ndjson-spec */
export const jsonLines: Framing = {
  type: /^application\/(x-)?(ndjson|jsonl|stream\+json)\b/i,
  begin() {
    let held: Uint8Array[] = []
    let heldBytes = 0

    function hold(bytes: Uint8Array) {
      held.push(bytes)
      heldBytes += bytes.length
      if (heldBytes > lineBytesMax)
        throw brokenError("The upstream sent a message that is too large.")
    }

    return {
      take(bytes) {
        const border = bytes.lastIndexOf(lf) + 1
        if (border === 0) {
          hold(bytes)
          return ""
        }
        const lines = joinBytes([...held, bytes.subarray(0, border)])
        held = []
        heldBytes = 0
        hold(bytes.subarray(border))
        return eventsOf(lines)
      },
      rest: () => eventsOf(held.length > 0 ? joinBytes(held) : noBytes),
    }
  },
}

const eventsOf = (lines: Uint8Array) =>
  textOf(lines)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => asEvent(line))
    .join("")
