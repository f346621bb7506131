import type { Usage } from "@nio/adapters"
import { isBelievable, type Meter } from "./meter.ts"

/** Watches work other than chat go by: what matters is whether anything came, and what it counts. */
export function createTaskMeter(): Meter {
  let something = false
  let usage: Usage | undefined

  return {
    see({ bytes, signs }) {
      something ||= bytes.length > 0
      if (signs.usage && isBelievable(signs.usage)) usage = signs.usage
    },
    reported: () => usage,
    finish: () => undefined,
    delivered: () => something,
    text: () => "",
    progress: () => 0,
  }
}
