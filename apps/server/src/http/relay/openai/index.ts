import type { Usage } from "@nio/adapters"
import type { AnswerHead, CallerDialect, StreamWriter } from "../dialect.ts"
import { type ChatHead, createChunkWriter, doneFrame } from "./chunks.ts"
import { errorFrame, refusal } from "./errors.ts"
import { passThrough, type Retouch, renamed } from "./pass-through.ts"
import type { OpenAiRequest } from "./read-request.ts"
import { createCompletion } from "./whole-answer.ts"

/** A comment, which every client passes over. */
export const ping = new TextEncoder().encode(": keep-alive\n\n")

/** @see https://platform.openai.com/docs/api-reference/chat */
export const openaiChat: CallerDialect<OpenAiRequest> = {
  id: "openai",
  streamType: "text/event-stream; charset=utf-8",
  ping,
  refusal,
  tell,
  passOn,
  whole: (asked, head) => createCompletion(chatHead(asked, head)),
  rename: renamed,
}

const chatHead = ({ legacyFunctions }: OpenAiRequest, head: AnswerHead): ChatHead => ({
  ...head,
  id: `chatcmpl-${head.id}`,
  legacyFunctions,
})

const fail: StreamWriter["fail"] = (error) => errorFrame(error) + doneFrame

function tell(asked: OpenAiRequest, head: AnswerHead): StreamWriter {
  const writer = createChunkWriter(chatHead(asked, head), asked.includeUsage)
  return {
    write: ({ events }) => writer.write(events),
    async end(count: () => Promise<Usage>) {
      return writer.end(asked.includeUsage ? await count() : undefined)
    },
    fail,
  }
}

/** The upstream's bytes as they are, with an honest end whatever the upstream does. */
function passOn({ includeUsage }: OpenAiRequest, renameTo: string | undefined): StreamWriter {
  const retouch: Retouch = {
    dropUsage: !includeUsage,
    ...(renameTo !== undefined && { renameTo }),
  }
  let sawDone = false
  return {
    write(batch) {
      sawDone ||= endsWithDone(batch.bytes)
      return passThrough(batch, retouch)
    },
    end: () => (sawDone ? "" : doneFrame),
    fail,
  }
}

const doneMark = Buffer.from("[DONE]")

/** The mark is the last thing in a stream, so only the tail needs a look. */
function endsWithDone(bytes: Uint8Array): boolean {
  const tail = bytes.subarray(-16)
  return Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength).includes(doneMark)
}
