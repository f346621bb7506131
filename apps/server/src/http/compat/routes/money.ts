import { z } from "zod"
import { toPoints } from "../../../contract/index.ts"
import type { Actor } from "../../../core/actor.ts"
import { redeemCode } from "../../../core/code/redeem-code.ts"
import type { Deps } from "../../../core/deps.ts"
import { AppError } from "../../../core/error.ts"
import { keySpending } from "../../../core/identity/key-spending.ts"
import { getBalance } from "../../../core/user/get-balance.ts"
import { requireCaller } from "../caller.ts"
import type { Call, Route } from "../route.ts"

const purchase = z.object({ quota: z.coerce.number().int().min(1).max(99_999) })

export const moneyRoutes: Route[] = [
  {
    method: "GET",
    path: "/quota",
    handle: async (deps, { caller }) => ({
      status: true,
      quota: await pointsOf(deps, requireCaller(caller)),
    }),
  },
  {
    method: "GET",
    path: "/package",
    handle: (_, { caller }) => {
      requireCaller(caller)
      return { status: true, data: null }
    },
  },
  {
    method: "POST",
    path: "/buy",
    handle: async (_, { caller, read }) => {
      requireCaller(caller)
      await read(purchase)
      return { status: false, error: "cannot find payment provider" }
    },
  },
  { method: "GET", path: "/invite", handle: (deps, call) => redeem(deps, call, "gift") },
  { method: "GET", path: "/redeem", handle: (deps, call) => redeem(deps, call, "redeem") },
]

/** What the caller may spend: with a key that has a limit, no more than is left of that. */
async function pointsOf(deps: Deps, actor: Actor): Promise<number> {
  const { available } = await getBalance(deps, actor)
  const key = await keySpending(deps, actor)
  return toPoints(Math.min(available, key?.left ?? available))
}

async function redeem(deps: Deps, { caller, query, address }: Call, only: "gift" | "redeem") {
  const actor = requireCaller(caller)
  const code = query.get("code")?.trim()
  if (!code || code.length > codeCharsMax)
    throw new AppError("input.invalid", { detail: "code: missing" })
  const { points } = await redeemCode(deps, actor, { code, address, only })
  return { status: true, error: "success", quota: points }
}
const codeCharsMax = 255
