import { estimateInput } from "../../../core/generation/estimate.ts"
import type { Asked, CallerDialect, StreamWriter } from "../dialect.ts"
import { asBuffer, retouchFrames, withKnownText, withTextInside } from "../retouch.ts"
import { errorFrame, refusal } from "./errors.ts"
import { createMessageWriter, frame, pingFrame } from "./message-stream.ts"
import { createMessage } from "./whole-message.ts"

/** @see https://docs.anthropic.com/en/api/messages */
export const anthropicMessages: CallerDialect<Asked> = {
  id: "anthropic",
  streamType: "text/event-stream; charset=utf-8",
  ping: new TextEncoder().encode(pingFrame),
  refusal,
  tell({ request }, head): StreamWriter {
    const writer = createMessageWriter(head, estimateInput(request.native?.body) ?? 0)
    return {
      write: ({ events }) => writer.write(events),
      end: async (count) => writer.end(writer.counted() ? undefined : await count()),
      fail: errorFrame,
    }
  },
  passOn,
  whole: (_, head) => createMessage(head),
  rename: (bytes, model) => Buffer.from(withKnownText(asBuffer(bytes).toString(), "model", model)),
}

const startMark = Buffer.from("message_start")
const stopMark = Buffer.from("message_stop")
const stopFrameBytesMax = 512

/** The upstream's bytes as they are; only the first frame names the model. */
function passOn(_: Asked, renameTo: string | undefined): StreamWriter {
  let nameSeen = renameTo === undefined
  let stopped = false

  return {
    write({ bytes }) {
      const buffer = asBuffer(bytes)
      stopped ||= buffer.subarray(-stopFrameBytesMax).includes(stopMark)
      if (nameSeen || !buffer.includes(startMark)) return bytes
      nameSeen = true
      return retouchFrames(bytes, (json) =>
        withTextInside(json, "message", "model", String(renameTo)),
      )
    },
    end: () => (stopped ? "" : frame({ type: "message_stop" })),
    fail: errorFrame,
  }
}
