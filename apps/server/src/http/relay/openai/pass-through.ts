import type { Batch } from "@nio/adapters"
import { asBuffer, retouchFrames, withKnownText } from "../retouch.ts"

/** What of the upstream's own frames may not reach the caller as it is. Mostly nothing. */
export type Retouch = {
  /** The upstream calls the model otherwise than the caller does. */
  renameTo?: string
  /** We asked for the usage chunk, the caller did not. */
  dropUsage: boolean
}

const frameEnd = Buffer.from("\n\n")
const emptyChoices = Buffer.from('"choices":[]')
const spacedEmptyChoices = Buffer.from('"choices": []')

/** The bytes of a batch as the caller may see them: untouched unless something must be changed. */
export function passThrough({ bytes, signs }: Batch, { renameTo, dropUsage }: Retouch): Uint8Array {
  if (renameTo !== undefined) return retouch(bytes, renameTo, dropUsage)
  if (!dropUsage || signs.usage === undefined) return bytes
  const buffer = asBuffer(bytes)
  const mayHold = buffer.includes(emptyChoices) || buffer.includes(spacedEmptyChoices)
  return mayHold ? retouch(bytes, undefined, true) : bytes
}

/** A whole JSON answer, under the name the caller knows. */
export const renamed = (bytes: Uint8Array, model: string): Uint8Array =>
  Buffer.from(rename(asBuffer(bytes).toString(), model))

const rename = (json: string, model: string) => withKnownText(json, "model", model)

function retouch(bytes: Uint8Array, renameTo: string | undefined, dropUsage: boolean): Uint8Array {
  const buffer = asBuffer(bytes)
  const kept: Uint8Array[] = []
  for (let start = 0; start < buffer.length; ) {
    const end = endOfFrame(buffer, start)
    const frame = buffer.subarray(start, end)
    const json = jsonIn(frame.toString())
    if (!(dropUsage && json !== undefined && isUsageOnly(json))) kept.push(frame)
    start = end
  }
  const all = Buffer.concat(kept)
  return renameTo === undefined ? all : retouchFrames(all, (json) => rename(json, renameTo))
}

const jsonIn = (frame: string) => /^data: ?(\{[^\r\n]*\})/.exec(frame)?.[1]

function endOfFrame(buffer: Buffer, start: number): number {
  const at = buffer.indexOf(frameEnd, start)
  return at < 0 ? buffer.length : at + frameEnd.length
}

function isUsageOnly(json: string): boolean {
  if (!/"choices":\s?\[\]/.test(json)) return false
  const { choices, usage } = JSON.parse(json)
  return Array.isArray(choices) && choices.length === 0 && usage != null
}
