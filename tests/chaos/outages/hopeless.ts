import { faults, slowly } from "@nio/adapters/testing"
import { refusal } from "./answers.ts"
import { always, late, nowhere, patience, soon } from "./limits.ts"
import type { Outage } from "./script.ts"

/** Nobody is left, or nobody else could do better. */
export const hopeless: Outage[] = [
  {
    name: "all dead",
    members: [always(faults.overloaded), { at: nowhere }, always(faults.unauthorized)],
    healthy: false,
    ends: 503,
    addedMsMax: late,
  },
  {
    name: "all limited",
    members: [always(faults.rateLimited), always(faults.rateLimited)],
    healthy: false,
    ends: 503,
    addedMsMax: soon,
    check: ({ retryAfter, code }) =>
      Number(retryAfter) >= 1 && Number(retryAfter) <= 7 && code === "upstream.busy"
        ? undefined
        : `${code}, retry after ${retryAfter}`,
  },
  {
    name: "all too slow",
    members: [{ ...patience, ...always(slowly(faults.overloaded, 5_000)) }],
    healthy: false,
    requests: 10,
    ends: 504,
    addedMsMax: late,
  },
  {
    name: "the caller's own mistake",
    members: [always(refusal(400, "context_length_exceeded"))],
    ends: 400,
    addedMsMax: soon,
    check: ({ asked, code }) =>
      asked[0] === 100 && code === "context_length_exceeded" ? undefined : `${asked[0]} × ${code}`,
  },
  {
    name: "a filter",
    members: [always(refusal(400, "content_policy_violation"))],
    ends: 400,
    addedMsMax: soon,
  },
]
