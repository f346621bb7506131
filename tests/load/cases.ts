import type { Load } from "./generator.ts"

export type Case = Pick<Load, "kind" | "connections" | "paceMs"> & { name: string }

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

export const cases: readonly Case[] = [
  json(1),
  json(32),
  json(128),
  rush(32),
  rush(200),
  rush(1_000),
  paced(200, 20),
  paced(1_000, 50),
]

/** Who is measured, in the order of the table. `direct` is the upstream with nothing in front. */
export const targets = ["direct", "bare", "sqlite", "mariadb"] as const
export type Target = (typeof targets)[number]
