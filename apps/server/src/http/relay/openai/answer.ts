import type { Deps } from "../../../core/deps.ts"
import { AppError } from "../../../core/error.ts"
import type { Generation } from "../../../core/generation/generation.ts"
import type { KeepAlive } from "../keep-alive.ts"
import { type Source, streamBody } from "../stream-body.ts"
import { type AnswerHead, createChunkWriter, doneFrame } from "./chunks.ts"
import { errorFrame } from "./errors.ts"
import { passThrough, type Retouch, renamed } from "./pass-through.ts"
import type { OpenAiRequest } from "./read-request.ts"
import { createCompletion } from "./whole-answer.ts"

const encoder = new TextEncoder()
const doneMark = Buffer.from("[DONE]")

type Telling = { asked: OpenAiRequest; renameTo: string | undefined; head: AnswerHead }

/** The body of the response to a chat completion, stream or not. @throws AppError while it still can */
export async function answerBody(
  deps: Deps,
  keepAlive: KeepAlive,
  generation: Generation,
  asked: OpenAiRequest,
): Promise<BodyInit> {
  const telling: Telling = {
    asked,
    renameTo: generation.renamed ? asked.request.model : undefined,
    head: {
      id: `chatcmpl-${generation.id.replaceAll("-", "")}`,
      model: asked.request.model,
      created: Math.floor(deps.now() / 1_000),
      legacyFunctions: asked.legacyFunctions,
    },
  }
  if (!asked.request.stream) return wholeBody(generation, telling)
  const verbatim = generation.dialect === "openai" && generation.stream
  const source = verbatim
    ? verbatimSource(deps, generation, telling)
    : toldSource(deps, generation, telling)
  return streamBody(source, keepAlive)
}

async function wholeBody(
  generation: Generation,
  { asked, renameTo, head }: Telling,
): Promise<BodyInit> {
  if (generation.dialect === "openai" && !generation.stream) {
    const batch = await generation.next()
    void generation.next()
    const bytes = batch?.bytes ?? new Uint8Array()
    return asBody(renameTo === undefined ? bytes : renamed(bytes, asked.request.model))
  }
  const completion = createCompletion(head)
  for (let batch = await generation.next(); batch; batch = await generation.next()) {
    completion.add(batch.events)
  }
  const { usage } = await generation.bill
  return JSON.stringify(completion.body(usage))
}

/** What a network read brought is never shared memory, which a body may not be. */
const asBody = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>

/** The upstream's bytes as they are, with an honest end whatever the upstream does. */
function verbatimSource(deps: Deps, generation: Generation, { asked, renameTo }: Telling): Source {
  const retouch: Retouch = {
    dropUsage: !asked.includeUsage,
    ...(renameTo !== undefined && { renameTo }),
  }
  let sawDone = false
  return endingHonestly(deps, generation, {
    async next() {
      const batch = await generation.next()
      if (!batch) return undefined
      sawDone ||= endsWithDone(batch.bytes)
      return passThrough(batch, retouch)
    },
    lastWords: async () => (sawDone ? "" : doneFrame),
  })
}

/** Another dialect, or a whole answer, told as a stream of ours. */
function toldSource(deps: Deps, generation: Generation, { asked, head }: Telling): Source {
  const writer = createChunkWriter(head, asked.includeUsage)
  return endingHonestly(deps, generation, {
    async next() {
      const batch = await generation.next()
      return batch && encoder.encode(writer.write(batch.events))
    },
    async lastWords() {
      return writer.end(asked.includeUsage ? (await generation.bill).usage : undefined)
    },
  })
}

type Pieces = { next(): Promise<Uint8Array | undefined>; lastWords(): Promise<string> }

/** A stream that breaks says so in its own words and then ends, as every SDK expects. */
function endingHonestly(deps: Deps, generation: Generation, { next, lastWords }: Pieces): Source {
  let over = false
  return {
    async next() {
      if (over) return undefined
      try {
        const bytes = await next()
        if (bytes) return bytes
        over = true
        return encoder.encode(await lastWords())
      } catch (cause) {
        over = true
        const error = AppError.from(cause)
        deps.log.warn("stream broken", { generation: generation.id, code: error.code, cause })
        return encoder.encode(errorFrame(error) + doneFrame)
      }
    },
    cancel: () => generation.close(),
  }
}

/** The mark is the last thing in a stream, so only the tail needs a look. */
function endsWithDone(bytes: Uint8Array): boolean {
  const tail = bytes.subarray(-16)
  return Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength).includes(doneMark)
}
