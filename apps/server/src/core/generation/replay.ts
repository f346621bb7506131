import type { Batch } from "@nio/adapters"
import type { UsageLine } from "../billing/ledger.ts"
import type { Deps } from "../deps.ts"
import { metricsOf } from "../metrics/metrics.ts"
import type { Remembered } from "./answer-cache.ts"
import type { Bill, Generation } from "./generation.ts"
import { withBill } from "./settle.ts"

const noBytes = new Uint8Array()

/**
 * A remembered answer, told again in one piece. It takes no channel and no points; the usage line
 * says so, and is not waited for.
 */
export function replay(
  deps: Deps,
  { id, line }: { id: string; line: UsageLine },
  { events, usage }: Remembered,
): Generation {
  let batch: Batch | undefined = { bytes: noBytes, events, signs: { usage, finish: "stop" } }
  const bill: Bill = { charge: 0, usage, usageFrom: "cache", plan: null }
  const written = { ...withBill(line, bill), finish: "stop", firstMs: 0 }
  metricsOf(deps).ended(written, { charge: 0, due: 0 })
  deps.ledger
    .settle(id, { held: false, charge: 0, usage: written })
    .catch((cause) => deps.log.error("a usage line was lost", { id, cause }))

  return {
    id,
    dialect: undefined,
    stream: false,
    headers: {},
    channelId: undefined,
    renamed: false,
    attempts: 0,
    cache: "hit",
    bill: Promise.resolve(bill),
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
