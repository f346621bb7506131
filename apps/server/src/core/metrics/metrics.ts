import { toPoints } from "../../contract/index.ts"
import type { UsageLine } from "../billing/ledger.ts"
import { nodeState } from "../node-state.ts"
import { createRegistry } from "./registry.ts"

/** Seconds: from what a cache takes to what a model thinks. */
const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300]

/** What this node counts. Models and channels are an administrator's names; nothing else is a label. */
export const metricsOf = nodeState(() => {
  const registry = createRegistry()
  const requests = registry.counter(
    "nio_requests_total",
    "Requests that were answered, stopped or failed.",
    ["model", "channel", "outcome"],
  )
  const failures = registry.counter(
    "nio_attempts_failed_total",
    "Attempts that upstreams did not answer, by what went wrong.",
    ["channel", "reason"],
  )
  const firstByte = registry.histogram(
    "nio_first_byte_seconds",
    "Time until the first words of an answer.",
    ["model"],
    buckets,
  )
  const duration = registry.histogram(
    "nio_request_seconds",
    "Time until the end of an answer.",
    ["model"],
    buckets,
  )
  const tokens = registry.counter("nio_tokens_total", "Tokens, by what they were.", [
    "model",
    "kind",
  ])
  const points = registry.counter(
    "nio_points_total",
    "Points that were charged, written off, and owed to upstreams.",
    ["model", "kind"],
  )

  return {
    registry,
    attemptFailed: (channelId: string, reason: string) => failures.add([channelId, reason]),
    /** A generation is over. `charge` was taken from the account; `due` was to be. */
    ended(line: UsageLine, { charge, due }: { charge: number; due: number }) {
      const { model } = line
      requests.add([model, line.channelId ?? "none", line.outcome])
      if (line.firstMs !== null) firstByte.see([model], line.firstMs / 1_000)
      duration.see([model], line.totalMs / 1_000)
      const counts = {
        input: line.inputTokens,
        cached: line.cachedTokens,
        output: line.outputTokens,
        reasoning: line.reasoningTokens,
      }
      for (const [kind, count] of Object.entries(counts))
        if (count) tokens.add([model, kind], count)
      const amounts = { charged: charge, "written-off": due - charge, cost: line.cost }
      for (const [kind, amount] of Object.entries(amounts))
        if (amount > 0) points.add([model, kind], toPoints(amount))
    },
  }
})
