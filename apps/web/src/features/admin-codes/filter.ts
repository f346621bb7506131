import type { CodeKind, CodeState } from "@nio/server/contract"

/** Which codes are shown; lives in the address of the page. */
export type CodeFilter = { kind: CodeKind; state?: CodeState; batch?: string; q?: string }

export const states: readonly CodeState[] = ["unused", "used", "revoked", "expired"]

/** Of an address, whoever wrote it. */
export function filterOf({ kind, state, batch, q }: Record<string, unknown>): CodeFilter {
  const known = states.find((one) => one === state)
  return {
    kind: kind === "gift" ? "gift" : "redeem",
    ...(known && { state: known }),
    ...(typeof batch === "string" && batch && { batch }),
    ...(typeof q === "string" && q && { q }),
  }
}

/** The same as the server takes it. */
export const askedFor = ({ kind, state, batch, q }: CodeFilter) => ({
  kind,
  ...(state && { state }),
  ...(batch && { batchId: batch }),
  ...(q && { search: q }),
})
