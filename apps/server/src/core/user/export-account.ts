import { exports, messages } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Bucket, Deps } from "../deps.ts"
import { requireRate } from "../identity/require-rate.ts"
import { getProfile } from "./get-profile.ts"

/** A file of JSON, told in parts as they are read. */
export type ExportFile = { name: string; parts: AsyncIterable<string> }

/** It reads everything somebody ever wrote. */
const perUser: Bucket = { capacity: 3, perSecond: 3 / 3_600 }
const rowsAtOnce = 200
const conversationsAtOnce = 20

/**
 * Everything the actor has here, without secrets. Nothing is held for longer than until it is told.
 * @throws AppError `rate.limited`
 */
export async function exportAccount(deps: Deps, actor: Actor): Promise<ExportFile[]> {
  const { userId } = requireActive(actor)
  await requireRate(deps, [[`export:${userId}`, perUser]])
  const file = (name: string, ...sources: exports.ExportSource[]): ExportFile => ({
    name: `${name}.json`,
    parts: listOf(deps, userId, sources),
  })
  return [
    { name: "profile.json", parts: profile(deps, actor) },
    file("conversations", "conversations"),
    file("keys", "keys"),
    file("transfers", "received", "spent"),
    file("usage", "usage"),
    file("sessions", "sessions"),
    file("presets", "presets"),
    file("shares", "shares"),
    file("codes", "codes"),
    file("ways-in", "identities", "passkeys"),
    { name: "plan.json", parts: plan(actor) },
  ]
}

async function* profile(deps: Deps, actor: Actor) {
  yield JSON.stringify(await getProfile(deps, actor), null, 2)
}

async function* plan({ subscription }: Actor) {
  yield JSON.stringify(subscription ?? null, null, 2)
}

/** One JSON array of what several sources have, one after the other. */
async function* listOf(deps: Deps, userId: string, sources: readonly exports.ExportSource[]) {
  let before = "["
  for (const source of sources)
    for await (const row of rowsOf(deps, userId, source)) {
      yield `${before}\n${JSON.stringify(row)}`
      before = ","
    }
  yield before === "[" ? "[]\n" : "\n]\n"
}

async function* rowsOf({ db }: Deps, userId: string, source: exports.ExportSource) {
  const limit = source === "conversations" ? conversationsAtOnce : rowsAtOnce
  let after: exports.Exported | undefined
  for (;;) {
    const rows = await exports.ownRows(db, source, { userId, after, limit })
    for (const row of rows)
      yield source === "conversations" ? { ...row, messages: await messages.list(db, row.id) } : row
    after = rows.at(-1)
    if (rows.length < limit) return
  }
}
