import { prices, live as stored } from "@nio/db"
import type { PriceAdopted, PriceAdoption } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { recordAudit } from "../audit/record-audit.ts"
import type { Deps } from "../deps.ts"
import { changeLive } from "../live/change-live.ts"
import { planAdoption } from "./plan-adoption.ts"

/**
 * Takes prices over from the list that comes with the program, or from another site: all of the rows
 * or none. The rates a list was worked out by are remembered for the next time.
 */
export async function adoptPrices(
  deps: Deps,
  actor: Actor,
  { from, rows }: PriceAdoption,
): Promise<PriceAdopted> {
  requireAdmin(actor)
  return changeLive(deps, async (tx) => {
    const updatedAt = deps.now()
    const { shrunk, appended, ...adopted } = planAdoption(await prices.list(tx), rows)
    for (const { before, models } of shrunk)
      await (models.length > 0
        ? prices.save(tx, { ...before, models, updatedAt })
        : prices.remove(tx, before.id))
    for (const rule of appended) await prices.append(tx, { ...rule, id: deps.newId(), updatedAt })

    if (from.kind === "list")
      for (const rate of ["cnyPerUsd", "pointsPerCny"] as const)
        await stored.saveSetting(tx, { key: `prices.${rate}`, value: from[rate], updatedAt })

    await recordAudit(deps, tx, actor, {
      act: "price.adopt",
      targetId: from.kind === "list" ? "list" : hostOf(from.address),
      before: shrunk.map(({ before }) => before),
      after: { from, ...adopted, rules: appended },
    })
    return adopted
  })
}

/** As much of an address as finds its row again. */
const hostOf = (address: string) => new URL(address).host.slice(0, hostCharsMax)
const hostCharsMax = 64
