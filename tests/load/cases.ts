import type { Load } from "./generator.ts"
import { special } from "./traffic.ts"

export type Case = Pick<
  Load,
  "kind" | "connections" | "paceMs" | "words" | "model" | "translated"
> & {
  name: string
  /** The least share of the bare proxy that is expected, where it is another than of its kind. */
  least?: Partial<Record<"sqlite" | "mariadb", number>>
}

const json = (connections: number): Case => ({
  name: `JSON, ${connections} at a time`,
  kind: "json",
  connections,
  paceMs: 0,
})

/** As fast as the upstream can: how many streams a second. */
const rush = (connections: number): Case => ({
  name: `streams at full speed, ${connections} at a time`,
  kind: "stream",
  connections,
  paceMs: 0,
})

/** At the pace of a model: what is added to each, and whether all arrives. */
const paced = (connections: number, paceMs: number): Case => ({
  name: `streams with a chunk every ${paceMs} ms, ${connections} at a time`,
  kind: "stream",
  connections,
  paceMs,
})

/** What it costs beside the same without is the price of one fail-over. */
export const alone = json(1).name
export const hedged = "every second answer from another channel, 1 at a time"

export const cases: readonly Case[] = [
  json(1),
  json(32),
  json(128),
  rush(32),
  rush(200),
  rush(1_000),
  paced(200, 20),
  paced(1_000, 50),
  {
    ...rush(32),
    name: "chat, told from Anthropic's stream, 32 at a time",
    model: special.translated,
    translated: true,
    least: { sqlite: 0.45, mariadb: 0.45 },
  },
  {
    ...rush(32),
    name: "Anthropic's messages, told from a chat stream, 32 at a time",
    words: "messages",
    translated: true,
    least: { sqlite: 0.45, mariadb: 0.45 },
  },
  {
    ...json(32),
    name: "answers from memory, 32 at a time",
    model: special.remembered,
    least: { sqlite: 0.8 },
  },
  // One at a time: of several, two could meet the failing channel in a row, and it would rest.
  { ...json(1), name: hedged, model: special.hedged },
]

/** Who is measured, in the order of the table. `direct` is the upstream with nothing in front. */
export const targets = ["direct", "bare", "sqlite", "mariadb"] as const
export type Target = (typeof targets)[number]
