import { faults } from "@nio/adapters/testing"
import { byKey, page, refusal } from "./answers.ts"
import { always, soon } from "./limits.ts"
import type { Outage } from "./script.ts"

const keys = (count: number) =>
  Array.from({ length: count }, (_, at) => `sk-key-${at}-0123456789abcdef`)

/** What an upstream says of itself. */
export const refusing: Outage[] = [
  { name: "503 in JSON", members: [always(faults.overloaded)], addedMsMax: soon },
  { name: "503, streaming", members: [always(faults.overloaded)], stream: true, addedMsMax: soon },
  { name: "502 with a page", members: [always(faults.html502)], addedMsMax: soon },
  { name: "500 with nothing", members: [always({ status: 500, body: "" })], addedMsMax: soon },
  { name: "504", members: [always(page(504))], addedMsMax: soon },
  { name: "524 of a cloud", members: [always(page(524))], addedMsMax: soon },
  { name: "529 overloaded", members: [always(refusal(529, "overloaded_error"))], addedMsMax: soon },
  {
    name: "Anthropic is overloaded",
    members: [{ provider: "anthropic", ...always(refusal(529, "overloaded_error")) }],
    addedMsMax: soon,
  },
  {
    name: "Gemini is unavailable",
    members: [
      {
        provider: "gemini",
        ...always({ status: 503, body: '{"error":{"status":"UNAVAILABLE"}}' }),
      },
    ],
    addedMsMax: soon,
  },
  {
    name: "429 storm that says until when",
    members: [always(faults.rateLimited)],
    addedMsMax: soon,
    // Ten at once do not know of each other; from then on the key rests.
    check: ({ asked }) => (asked[0]! <= 20 ? undefined : `asked ${asked[0]} times in 7 s`),
  },
  {
    name: "429 storm that does not",
    members: [always(refusal(429, "rate_limit_exceeded"))],
    addedMsMax: soon,
  },
  {
    name: "429 in milliseconds",
    members: [always(refusal(429, "rate_limit_exceeded", { "retry-after-ms": "60000" }))],
    addedMsMax: soon,
  },
  { name: "401 for its only key", members: [always(faults.unauthorized)], addedMsMax: soon },
  { name: "402", members: [always(refusal(402, "billing_not_active"))], addedMsMax: soon },
  { name: "403 with a page", members: [always(page(403))], addedMsMax: soon },
  { name: "wrong model", members: [always(refusal(404, "model_not_found"))], addedMsMax: soon },
  {
    name: "model withdrawn",
    members: [always(refusal(400, "model_decommissioned"))],
    addedMsMax: soon,
  },
  { name: "redirect", members: [always(faults.redirect)], addedMsMax: soon },
  {
    name: "redirect that keeps the method",
    members: [always({ status: 307, headers: { location: "http://127.0.0.1:1/" } })],
    addedMsMax: soon,
  },
  {
    name: "one dead key of five",
    members: [
      {
        secrets: keys(5),
        answer: byKey((key) => (key.includes("-3-") ? faults.unauthorized : undefined)),
      },
    ],
    healthy: false,
    addedMsMax: soon,
    // Ten at once do not know of each other: from then on the key sits out.
    check: ({ asked }) => (asked[0]! <= 110 ? undefined : `${asked[0]} asked for 100`),
  },
  {
    name: "quota of one key of three",
    members: [
      {
        secrets: keys(3),
        answer: byKey((key) =>
          key.includes("-1-") ? refusal(429, "insufficient_quota") : undefined,
        ),
      },
    ],
    healthy: false,
    addedMsMax: soon,
  },
  {
    name: "rate limit of one key of two",
    members: [
      {
        secrets: keys(2),
        answer: byKey((key) => (key.includes("-0-") ? faults.rateLimited : undefined)),
      },
    ],
    healthy: false,
    addedMsMax: soon,
  },
]
