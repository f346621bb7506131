import type { Answer, Signs, Usage } from "../spec/index.ts"
import { oneBatch } from "./one-batch.ts"
import type { Source } from "./source.ts"

const noSigns: Signs = Object.freeze({})

/** A whole answer in one batch. */
export const wholeTask = (
  bytes: Uint8Array,
  headers: Answer["headers"],
  usage?: Usage | undefined,
): Answer =>
  oneBatch(
    { dialect: "openai", headers },
    { bytes, events: [], signs: usage ? { usage } : noSigns },
  )

/** A result in OpenAI's shape, made here. */
export const taskResult = (body: object, usage?: Usage | undefined): Answer =>
  wholeTask(
    new TextEncoder().encode(JSON.stringify(body)),
    { "content-type": "application/json" },
    usage,
  )

/** Bytes that are nobody's to read on the way, such as audio. */
export function rawTask(source: Source, headers: Answer["headers"]): Answer {
  return {
    dialect: "openai",
    stream: false,
    headers,
    async next() {
      const bytes = await source.read()
      return bytes && { bytes, events: [], signs: noSigns }
    },
    close: () => source.close(),
  }
}
