import type { Batch } from "@nio/adapters"
import type { Generation } from "../../../core/generation/generation.ts"
import { asBuffer } from "../retouch.ts"

/** A response as an upstream of this dialect tells it. */
export type NativeResponse = { id: string; store?: unknown }

/**
 * Keeps an answer whose bytes go by untouched: before the batch with its end is handed on, so that
 * whoever reads of its end finds it.
 */
export function keepNative(
  generation: Generation,
  keep: (response: NativeResponse) => Promise<void>,
): Generation {
  if (generation.dialect !== "responses") return generation
  return {
    ...generation,
    async next() {
      const batch = await generation.next()
      const response = batch?.signs.finish && responseIn(batch, generation.stream)
      if (response) await keep(response)
      return batch
    },
  }
}

const dataLines = /^data: ?(\{.*)$/gm

function responseIn({ bytes }: Batch, stream: boolean): NativeResponse | undefined {
  const text = asBuffer(bytes).toString()
  if (!stream) return named(JSON.parse(text))
  for (const [, json] of text.matchAll(dataLines)) {
    if (!/"response\.(completed|incomplete)"/.test(json!)) continue
    const response = named(JSON.parse(json!).response)
    if (response) return response
  }
  return undefined
}

const named = (response: NativeResponse | undefined) =>
  typeof response?.id === "string" ? response : undefined
