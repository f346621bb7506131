import type { Answer, Batch } from "../spec/index.ts"

/** An answer that is all there, told in one batch. */
export function oneBatch(
  { dialect, headers }: Pick<Answer, "dialect" | "headers">,
  whole: Batch,
): Answer {
  let batch: Batch | undefined = whole
  return {
    dialect,
    stream: false,
    headers,
    async next() {
      const only = batch
      batch = undefined
      return only
    },
    close() {
      batch = undefined
    },
  }
}
