import { type Batch, type Dialect, signedBy } from "@nio/adapters"

/** A batch whose signatures say who made them, for a caller who does not speak the maker's dialect. */
export function signed(batch: Batch, maker: Dialect | undefined, caller: Dialect): Batch {
  if (maker === undefined || maker === caller) return batch
  const { bytes, signs } = batch
  return { bytes, signs, events: batch.events.map((event) => signedBy(maker, event)) }
}
