import type { Batch } from "@nio/adapters"
import { asBuffer, withText } from "../retouch.ts"

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

const rename = (json: string, model: string) => withText(json, "model", model)

function retouch(bytes: Uint8Array, renameTo: string | undefined, dropUsage: boolean): Uint8Array {
  const buffer = asBuffer(bytes)
  const kept: Uint8Array[] = []
  for (let start = 0; start < buffer.length; ) {
    const end = endOfFrame(buffer, start)
    const frame = buffer.subarray(start, end)
    const text = frame.toString()
    const at = text.indexOf("data: {")
    if (at !== 0) kept.push(frame)
    else if (!(dropUsage && isUsageOnly(text))) {
      const payload = text.slice("data: ".length).trimEnd()
      kept.push(
        renameTo === undefined ? frame : Buffer.from(`data: ${rename(payload, renameTo)}\n\n`),
      )
    }
    start = end
  }
  return Buffer.concat(kept)
}

function endOfFrame(buffer: Buffer, start: number): number {
  const at = buffer.indexOf(frameEnd, start)
  return at < 0 ? buffer.length : at + frameEnd.length
}

function isUsageOnly(frame: string): boolean {
  if (!/"choices":\s?\[\]/.test(frame)) return false
  const { choices, usage } = JSON.parse(frame.slice("data: ".length))
  return Array.isArray(choices) && choices.length === 0 && usage != null
}
