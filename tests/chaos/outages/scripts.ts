import { changing, many } from "./changing.ts"
import { hopeless } from "./hopeless.ts"
import { cut, lying, slow } from "./not-answers.ts"
import { refusing } from "./refusing.ts"
import type { Outage } from "./script.ts"
import { unreachable } from "./unreachable.ts"

/** Those that wait come first, so that they wait together. */
export const outages: readonly Outage[] = [
  ...slow,
  ...unreachable,
  ...refusing,
  ...lying,
  ...cut,
  ...changing,
  ...many,
  ...hopeless,
]
