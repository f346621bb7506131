import type { AppError } from "../../../core/error.ts"
import type { StreamWriter } from "../dialect.ts"
import { asBuffer, retouchFrames, withKnownText, withTextInside } from "../retouch.ts"
import { errorFields } from "./errors.ts"
import { frame } from "./tell.ts"

/** Events that carry the whole response, and the model's name in it. */
const carrier = Buffer.from('"response":')

/** The upstream's bytes as they are, or with the name of the model the caller knows. */
export function passOn(_: unknown, renameTo: string | undefined): StreamWriter {
  let last: Uint8Array = new Uint8Array()
  return {
    write({ bytes }) {
      last = bytes
      if (renameTo === undefined || !asBuffer(bytes).includes(carrier)) return bytes
      return retouchFrames(bytes, (json) => withTextInside(json, "response", "model", renameTo))
    },
    end: () => "",
    fail: (error: AppError) =>
      frame("error", { sequence_number: numberAfter(last), ...errorFields(error) }),
  }
}

function numberAfter(frames: Uint8Array) {
  const numbers = asBuffer(frames)
    .toString()
    .matchAll(/"sequence_number":\s?(\d+)/g)
  return [...numbers].reduce((most, [, number]) => Math.max(most, Number(number)), -1) + 1
}

/** A whole answer under the name the caller knows. */
export const rename = (bytes: Uint8Array, model: string): Uint8Array =>
  Buffer.from(withKnownText(asBuffer(bytes).toString(), "model", model))
