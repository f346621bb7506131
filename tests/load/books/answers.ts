import type { SqlValue } from "@nio/db"
import { chance, idOf, keyIdOf } from "./ids.ts"
import type { SeedSize } from "./seed.ts"

const yearMs = 365 * 24 * 3_600_000
const hourMs = 3_600_000
const models = ["gpt-5", "gpt-5-mini", "claude-sonnet-5", "gemini-3-pro", "deepseek-chat"]
/** Micropoints per million tokens, as the rows keep them. */
const price = { type: "per-token", input: 2_000_000, output: 8_000_000, details: null }
const priceText = JSON.stringify(price)
/** Of answers: those that cost nothing, and so moved no points. */
const freeShare = 0.05

export type Part = { lines: SqlValue[][]; transfers: SqlValue[][] }

/** A year of answers, the oldest first, in parts of so many, and what they come to. */
export function newAnswers({ rows, heavyAnswers, now, userIds }: SeedSize & Who) {
  const count = Math.round((rows - userIds.length) / (2 - freeShare))
  const from = now - yearMs
  const stepMs = yearMs / count
  const heavyEvery = Math.max(2, Math.floor(count / heavyAnswers))
  const next = chance(7)
  const spent = new Float64Array(userIds.length)
  const hours = new Map<string, number[]>()

  function answer(index: number, part: Part) {
    const at = Math.floor(from + index * stepMs)
    const user = index % heavyEvery === 0 ? 0 : Math.floor(next() * userIds.length)
    const userId = userIds[user] ?? ""
    const model = models[Math.floor(next() * models.length)] ?? ""
    const input = 100 + Math.floor(next() * 4_000)
    const output = 20 + Math.floor(next() * 1_000)
    const charge = next() < freeShare ? 0 : input * 2 + output * 8
    const id = idOf(at, index)
    const keyId = user % 10 === 0 && next() < 0.5 ? keyIdOf(userId) : null
    part.lines.push([
      ...[id, at, userId, keyId, keyId ? "relay" : "chat", model, "channel", model, 1, "normal"],
      ...[input, output, 0, 0, "upstream", charge, 0, Math.floor(charge / 2), priceText, "done"],
      ...["stop", 300, 2_000],
    ])
    if (charge > 0) part.transfers.push([id, userId, "site:revenue", charge, `hold:${id}`, "", at])
    spent[user] = (spent[user] ?? 0) + charge
    add(hours, `${Math.floor(at / hourMs)} ${model}`, [1, input, output, charge])
  }

  return {
    from,
    *parts(size: number): Generator<Part> {
      for (let start = 0; start < count; start += size) {
        const part: Part = { lines: [], transfers: [] }
        for (let index = start; index < Math.min(start + size, count); index++) answer(index, part)
        yield part
      }
    },
    sums: () => ({ spent, hours: [...hours].map(hourRow) }),
  }
}

type Who = { now: number; userIds: readonly string[] }

function add(sums: Map<string, number[]>, key: string, more: readonly number[]) {
  const known = sums.get(key)
  if (known) for (const [index, value] of more.entries()) known[index] = (known[index] ?? 0) + value
  else sums.set(key, [...more])
}

function hourRow([key, [requests = 0, input = 0, output = 0, charge = 0]]: [string, number[]]) {
  const [hour = "", model = ""] = key.split(" ")
  const sums = [requests, 0, input, output, charge, 0]
  return [Number(hour), model, "channel", "normal", 0, ...sums] as SqlValue[]
}

export const usageColumns = [
  ...["id", "at", "user_id", "key_id", "source", "model", "channel_id", "upstream_model"],
  ...["attempts", "user_group", "input_tokens", "output_tokens", "cached_tokens"],
  ...["reasoning_tokens", "usage_from", "charge", "written_off", "cost", "price", "outcome"],
  ...["finish", "first_ms", "total_ms"],
]
export const transferColumns = [
  ...["id", "from_id", "to_id", "amount", "reference", "reason", "created_at"],
]
export const hourColumns = [
  ...["hour", "model", "channel_id", "user_group", "shard", "requests", "failures"],
  ...["input_tokens", "output_tokens", "charge", "written_off"],
]
