import type { LiveRows } from "@nio/db"
import type { z } from "zod"
import {
  channelConfig,
  type PlanItem,
  plan as planSchema,
  priceRule,
  type SettingKey,
  type Settings,
  settings as settingsRegistry,
} from "../../contract/index.ts"
import { cannotBeOpened, keyIdOf, readSecrets } from "../channel/channel-secrets.ts"
import type { Vault } from "../deps.ts"
import type { Live, LiveChannel, LivePlan, Price } from "./live.ts"
import { openSetting } from "./secret-setting.ts"
import { servesOf } from "./serves.ts"

/** A stored row that cannot be used. It is left out of the view, and the rest goes on. */
export type BrokenRow = {
  kind: "channel" | "plan" | "price" | "setting"
  id: string
  reason: string
}

type Around = { revision: number; providerIds: Iterable<string>; vault: Vault }

/** The view of these rows, and what had to be left out of it. */
export function buildLive(
  rows: LiveRows,
  { revision, providerIds, vault }: Around,
): { live: Live; broken: BrokenRow[] } {
  const broken: BrokenRow[] = []
  const known = new Set(providerIds)
  const suspended = new Set(rows.suspensions.map(({ keyId }) => keyId))
  const channels = rows.channels.flatMap((row) => {
    const channel = liveChannel(row, known, suspended, vault)
    if (typeof channel !== "string") return [channel]
    broken.push({ kind: "channel", id: row.id, reason: channel })
    return []
  })
  return {
    live: Object.freeze({
      revision,
      channels: Object.freeze(channels),
      byModel: byModel(channels),
      prices: pricesOf(rows.prices, broken),
      plans: plansOf(rows.plans, broken),
      settings: settingsOf(rows.settings, vault, broken),
    }),
    broken,
  }
}

/** @returns the reason when the row cannot be used */
function liveChannel(
  { id, name, config, secrets }: LiveRows["channels"][number],
  known: ReadonlySet<string>,
  suspended: ReadonlySet<string>,
  vault: Vault,
): LiveChannel | string {
  const parsed = channelConfig.safeParse(config)
  if (!parsed.success) return reasonOf(parsed.error)
  if (!known.has(parsed.data.provider)) return `there is no provider ${parsed.data.provider}`
  const opened = readSecrets(vault, secrets)
  if (!opened) return cannotBeOpened
  const { keys: texts, headers, proxyLogin } = opened
  const keys = texts.map((secret) => Object.freeze({ id: keyIdOf(id, secret), secret }))
  if (keys.length === 0) return "it has no secret"
  return Object.freeze({
    ...parsed.data,
    id,
    name,
    keys: Object.freeze(keys),
    awake: Object.freeze(keys.filter((key) => !suspended.has(key.id))),
    headers: Object.freeze(headers),
    ...(proxyLogin && { proxyLogin }),
    serves: servesOf(parsed.data),
  })
}

/** Why a row's stored content cannot be used, in one line. */
export const reasonOf = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")

function byModel(channels: readonly LiveChannel[]): Live["byModel"] {
  const found = new Map<string, LiveChannel[]>()
  for (const channel of channels.toSorted((a, b) => b.priority - a.priority)) {
    for (const model of channel.serves.keys()) {
      const others = found.get(model)
      if (others) others.push(channel)
      else found.set(model, [channel])
    }
  }
  return found
}

function pricesOf(rows: LiveRows["prices"], broken: BrokenRow[]): Live["prices"] {
  const prices = new Map<string, Price>()
  for (const row of rows) {
    const { data: rule, error } = priceRule.safeParse(row)
    if (error) broken.push({ kind: "price", id: row.id, reason: reasonOf(error) })
    if (!rule) continue
    const { type, input, output, anonymous, details } = rule
    const price = Object.freeze({ type, input, output, anonymous, ...(details && { details }) })
    for (const model of rule.models) if (!prices.has(model)) prices.set(model, price)
  }
  return prices
}

function plansOf(rows: LiveRows["plans"], broken: BrokenRow[]): Live["plans"] {
  const plans = new Map<number, LivePlan>()
  for (const row of rows) {
    const { data: plan, error } = planSchema.safeParse(row.plan)
    if (error) broken.push({ kind: "plan", id: String(row.level), reason: reasonOf(error) })
    if (plan) plans.set(row.level, Object.freeze({ ...plan, pays: paysOf(plan.items) }))
  }
  return plans
}

function paysOf(items: readonly PlanItem[]): LivePlan["pays"] {
  const pays = new Map<string, PlanItem>()
  for (const item of items)
    for (const model of item.models) if (!pays.has(model)) pays.set(model, item)
  return pays
}

/** What is not stored, or stored in a shape of another time, is what it was before anyone set it. */
function settingsOf(rows: LiveRows["settings"], vault: Vault, broken: BrokenRow[]): Settings {
  const stored = new Map(rows.map(({ key, value }) => [key, value]))
  const entries = Object.entries(settingsRegistry).map(([key, { schema, initial, ...kind }]) => {
    if (!stored.has(key)) return [key, initial]
    const value = stored.get(key)
    const plain = "secret" in kind ? openSetting(vault, value) : value
    if (plain === undefined) broken.push({ kind: "setting", id: key, reason: cannotBeOpened })
    if (plain === undefined) return [key, initial]
    const { data, error } = schema.safeParse(plain)
    if (error) broken.push({ kind: "setting", id: key, reason: reasonOf(error) })
    return [key, error ? initial : data]
  })
  return Object.freeze(Object.fromEntries(entries) as { [K in SettingKey]: Settings[K] })
}
