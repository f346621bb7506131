import type { Failed } from "../openai/compatible.ts"
import { records } from "../wire/json.ts"
import { wordMarker } from "../wire/protocol.ts"

const reason = "insufficient_system_resource"

/** It ran out of machines: said as the reason why the answer finished. */
export const failed: Failed = {
  marker: wordMarker(`"${reason}"`),
  in: (frame) =>
    records(frame.choices).some(({ finish_reason }) => finish_reason === reason)
      ? { status: 503, code: reason, message: "The upstream ran out of resources.", body: {} }
      : undefined,
}
