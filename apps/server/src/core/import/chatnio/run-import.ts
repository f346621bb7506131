import { imports, users } from "@nio/db"
import type { Deps } from "../../deps.ts"
import { forgetActors } from "../../identity/actor-cache.ts"
import { rootName } from "../../identity/ensure-root.ts"
import { type Check, checksOf } from "./checks.ts"
import type { OldCounter, OldSite } from "./old-site.ts"
import type { Listeners, Run, Tally } from "./run.ts"
import { sendsMail } from "./settings-of.ts"
import { takeBalances } from "./take-balances.ts"
import { takeGiftCodes, takeRedeemCodes } from "./take-codes.ts"
import { takeConfig } from "./take-config.ts"
import { takeConversations } from "./take-conversations.ts"
import { takeKeys } from "./take-keys.ts"
import { takeNotices } from "./take-notices.ts"
import { takePackages } from "./take-packages.ts"
import { takePresets } from "./take-presets.ts"
import { takeShares } from "./take-shares.ts"
import { takeSubscriptions } from "./take-subscriptions.ts"
import { takeCounters, takeTable } from "./take-table.ts"
import { takeUsers } from "./take-users.ts"
import type { Mode } from "./write-page.ts"

/** What the import itself is kept as, beside what it brought. */
const runKind = "run"
/** `asked`: by an administrator, so that the server does it, whatever stops in between. */
export type RunState = "unfinished" | "asked" | "finished" | "disagrees"

type How = {
  dry: boolean
  listeners: Listeners
  /** What it is kept as while it is under way. */
  state?: "unfinished" | "asked"
}

export type Outcome = { tally: Tally; checks: Check[] }

const usersPerRead = 1_000

/**
 * Takes over a Chat Nio installation. What came before is recognised, so a second import adds what is new,
 * and one that was cut off goes on. A dry one reads everything and writes nothing.
 */
export async function runImport(
  deps: Deps,
  site: OldSite,
  { dry, listeners, state = "unfinished" }: How,
): Promise<Outcome> {
  const mode: Mode = { dry, listeners }
  const run = await begin(deps, site)
  if (!dry) await saveState(run.db, run, state)

  await takeTable(run, takeUsers, mode)
  run.administrator = await administratorOf(run)
  await takeConfig(run, mode)
  await takeTable(run, takeBalances, mode)
  await takeTable(run, takeKeys, mode)
  await takeTable(run, takeSubscriptions, mode)
  await takeCounters(run, mode)
  await takeTable(run, takeGiftCodes, mode)
  await takeTable(run, takeRedeemCodes, mode)
  await takeTable(run, takePackages, mode)
  await takeTable(run, takeConversations, mode)
  await takeTable(run, takeShares, mode)
  await takeTable(run, takePresets, mode)
  await takeTable(run, takeNotices, mode)

  const checks = await checksOf(run, dry)
  if (!dry) {
    await forgetActors(deps)
    await saveState(run.db, run, checks.every(({ ok }) => ok) ? "finished" : "disagrees")
  }
  return { tally: run.tally, checks }
}

async function begin(deps: Deps, site: OldSite): Promise<Run> {
  return {
    ...deps,
    ...site,
    users: await everybody(deps, site.source),
    given: new Set(),
    counted: byOwner(await site.counters()),
    mailWasProven: sendsMail(site.config),
    began: new Map(),
    administrator: rootName,
    tally: { kinds: new Map(), money: { debts: 0n, changed: 0n, left: 0n, taken: 0n } },
  }
}

/** Who came with an earlier import. */
async function everybody({ db }: Deps, source: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let after = ""; ; ) {
    const page = await imports.listImported(db, { source, kind: "user" }, after, usersPerRead)
    for (const { sourceId, targetId } of page) if (targetId) found.set(sourceId, targetId)
    if (page.length < usersPerRead) return found
    after = page.at(-1)!.sourceId
  }
}

function byOwner(counters: readonly OldCounter[]): Map<string, OldCounter[]> {
  const found = new Map<string, OldCounter[]>()
  for (const counter of counters) {
    const own = found.get(counter.userId)
    if (own) own.push(counter)
    else found.set(counter.userId, [counter])
  }
  return found
}

/** Root, or whoever came first. */
async function administratorOf({ db, users: came }: Run): Promise<string> {
  const root = await users.findUserByName(db, rootName)
  return root?.id ?? came.values().next().value ?? rootName
}

/** How far the last import of this installation came; undefined when there was none. */
export async function stateOf({ db }: Pick<Deps, "db">, source: string) {
  const [row] = await imports.findImported(db, { source, kind: runKind }, ["last"])
  return row?.reason as RunState | undefined
}

export const saveState = (
  db: Deps["db"],
  { source, now }: Pick<Run, "source" | "now">,
  state: RunState,
) =>
  imports.saveImported(db, {
    ...{ source, kind: runKind, sourceId: "last", targetId: null, reason: state, at: now() },
  })
