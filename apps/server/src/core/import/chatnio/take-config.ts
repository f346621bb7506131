import { channels, imports, live as liveRows, prices, taken } from "@nio/db"
import { z } from "zod"
import { type ImportKind, type SettingKey, settings } from "../../../contract/index.ts"
import { writeSecrets } from "../../channel/channel-secrets.ts"
import { announceLive } from "../../live/change-live.ts"
import { liveTopic } from "../../live/load-live.ts"
import { storedSetting } from "../../live/secret-setting.ts"
import { importConfig } from "../import-config.ts"
import { importedId } from "./imported-id.ts"
import { plansOf } from "./plans-of.ts"
import { added, type Entry, type Page, type Run, skipped } from "./run.ts"
import { settingsOf } from "./settings-of.ts"
import { type Mode, skip, tallyOf, writePage } from "./write-page.ts"

/** What somebody set here is not overwritten: a channel, price or setting that is there stays as it is. */
export async function takeConfig(run: Run, mode: Mode): Promise<void> {
  if (run.config === undefined) return
  const parts = [channelsOf, pricesOf, planPageOf, marketOf, settingsPageOf]
  for (const part of parts) {
    const { kind, page, there } = await part(run)
    await mode.listeners.progress({ kind, done: 0, of: there })
    tallyOf(run, kind).there = there
    await writePage(run, kind, await newOf(run, kind, page), mode)
  }
  if (!mode.dry) await announceLive(run)
}

/** Of an item: what it adds, or why it is skipped. */
type Item = { entry: Entry; write?: Pick<Page, "harvest" | "also"> }
type Part = { kind: ImportKind; there: number; page: Item[] }

async function newOf(run: Run, kind: ImportKind, items: readonly Item[]): Promise<Page> {
  const ids = items.map(({ entry }) => entry.sourceId)
  const found = await imports.findImported(run.db, { source: run.source, kind }, ids)
  const known = new Set(found.map(({ sourceId }) => sourceId))
  const tally = tallyOf(run, kind)
  for (const { targetId, reason } of found) {
    if (targetId === null) skip(tally, reason)
    else tally.known++
  }
  const fresh = items.filter(({ entry }) => !known.has(entry.sourceId))
  return {
    harvest: joined(fresh),
    entries: fresh.map(({ entry }) => entry),
    also: async (tx) => {
      for (const { write } of fresh) await write?.also?.(tx)
      if (fresh.some(({ write }) => write)) await liveRows.bumpRevision(tx, liveTopic)
    },
  }
}

function joined(items: readonly Item[]): Page["harvest"] {
  const harvests = items.flatMap(({ write }) => write?.harvest ?? [])
  return {
    channels: harvests.flatMap((one) => one.channels ?? []),
    prices: harvests.flatMap((one) => one.prices ?? []),
    plans: harvests.flatMap((one) => one.plans ?? []),
    marketEntries: harvests.flatMap((one) => one.marketEntries ?? []),
  }
}

async function channelsOf(run: Run): Promise<Part> {
  const imported = importConfig(run.config, run.providers)
  const here = await channels.list(run.db)
  const page = imported.channels.map((channel, at): Item => {
    const sourceId = `${at + 1}:${channel.name}`.slice(0, 255)
    const same = here.find(
      ({ name, config }) =>
        name === channel.name && Bun.deepEquals(placeIn(config), placeIn(channel.config)),
    )
    if (same) return { entry: added(sourceId, same.id, ["here-already"]) }
    const id = importedId(run.now() + at, run.source, "channel", sourceId)
    const secrets = writeSecrets(run.vault, channel.secrets)
    const row = { ...channel, secrets, id, updatedAt: run.now() }
    const notes = channel.enabled ? [] : ["disabled"]
    return { entry: added(sourceId, id, notes), write: { harvest: { channels: [row] } } }
  })
  return { kind: "channel", there: page.length, page }
}

const placeIn = (config: unknown) => {
  const { provider, baseUrl } = config as { provider?: string; baseUrl?: string }
  return { provider, baseUrl }
}

/** Behind the rules that are here: the first that lists a model counts. */
async function pricesOf(run: Run): Promise<Part> {
  const imported = importConfig(run.config, run.providers)
  const here = await prices.list(run.db)
  const last = here.at(-1)?.position ?? -1
  const page = imported.prices.map((rule, at): Item => {
    const sourceId = `${at + 1}:${rule.models.join()}`.slice(0, 255)
    const same = here.find((one) => sameRule(one, rule))
    if (same) return { entry: added(sourceId, same.id, ["here-already"]) }
    const id = importedId(run.now() + at, run.source, "price", sourceId)
    const row = { ...rule, id, position: last + 1 + at, updatedAt: run.now(), details: null }
    return { entry: added(sourceId, id), write: { harvest: { prices: [row] } } }
  })
  return { kind: "price", there: page.length, page }
}

type Rule = { type: string; models: unknown; input: number; output: number }
const sameRule = (a: Rule, b: Rule) =>
  a.type === b.type &&
  a.input === b.input &&
  a.output === b.output &&
  Bun.deepEquals(a.models, b.models)

async function planPageOf(run: Run): Promise<Part> {
  const here = await taken.planLevels(run.db)
  const page = plansOf(run.config).plans.map(({ level, plan }): Item => {
    if (!plan) return { entry: skipped(level, "plan-unsaleable") }
    if (here.has(plan.level)) return { entry: skipped(level, "level-taken") }
    here.add(plan.level)
    const row = { level: plan.level, plan, updatedAt: run.now() }
    return { entry: added(level, level), write: { harvest: { plans: [row] } } }
  })
  return { kind: "plan", there: page.length, page }
}

const marketEntry = z.object({
  id: z.coerce.string(),
  name: z.coerce.string().catch(""),
  description: z.coerce.string().catch(""),
  default: z.boolean().catch(false),
  highcontext: z.boolean().catch(false),
  avatar: z.coerce.string().catch(""),
  tag: z.array(z.coerce.string()).nullish().catch([]),
})
const market = z.object({ market: z.array(z.unknown()).nullish().catch([]) })

async function marketOf(run: Run): Promise<Part> {
  const entries = market.safeParse(run.config).data?.market ?? []
  const here = await taken.marketModels(run.db)
  const page = entries.map((raw, position): Item => {
    const { data } = marketEntry.safeParse(raw)
    if (!data?.id) return { entry: skipped(String(position + 1), "model-unnamed") }
    if (here.has(data.id)) return { entry: skipped(data.id, "model-taken") }
    here.add(data.id)
    const { id: model, name, description, highcontext: highContext, avatar, tag } = data
    const entry = { name, description, default: data.default, highContext, avatar, tags: tag ?? [] }
    const row = { model, position, entry, updatedAt: run.now() }
    return { entry: added(model, model), write: { harvest: { marketEntries: [row] } } }
  })
  return { kind: "market", there: page.length, page }
}

const system = z.object({ system: z.unknown() })

async function settingsPageOf(run: Run): Promise<Part> {
  const found = settingsOf(system.safeParse(run.config).data?.system)
  if (plansOf(run.config).enabled)
    found.push({ path: "subscription.enabled", key: "plans.enabled", value: true })
  const page: Item[] = []
  for (const setting of found) {
    if ("reason" in setting) {
      page.push({ entry: skipped(setting.path, setting.reason) })
      continue
    }
    const { path, key, value } = setting
    const judged = isKey(key) ? settings[key].schema.safeParse(value) : undefined
    const reason = !judged
      ? "setting-unknown"
      : !judged.success
        ? "setting-invalid"
        : (await liveRows.findSetting(run.db, key)) !== undefined
          ? "setting-taken"
          : ""
    if (reason) page.push({ entry: skipped(path, reason) })
    else page.push(settingItem(run, { path, key, value: judged?.data }))
  }
  return { kind: "setting", there: page.length, page }
}

const isKey = (key: string): key is SettingKey => key in settings

const settingItem = (
  run: Run,
  { path, key, value }: { path: string; key: string; value: unknown },
): Item => ({
  entry: added(path, key),
  write: {
    harvest: {},
    also: (tx) =>
      liveRows.saveSetting(tx, {
        key,
        value: storedSetting(run.vault, key, value),
        updatedAt: run.now(),
      }),
  },
})
