import type { Answer, ChatEvent, Usage } from "../spec/index.ts"

/** All of an answer. @throws UpstreamError, or the signal's reason */
export async function readAnswer(
  answer: Answer,
): Promise<{ bytes: Uint8Array; events: ChatEvent[]; usage: Usage | undefined }> {
  const pieces: Uint8Array[] = []
  const events: ChatEvent[] = []
  let usage: Usage | undefined
  try {
    for (let batch = await answer.next(); batch; batch = await answer.next()) {
      pieces.push(batch.bytes)
      events.push(...batch.events)
      usage = batch.signs.usage ?? usage
    }
  } finally {
    answer.close()
  }
  return { bytes: Buffer.concat(pieces), events, usage }
}
