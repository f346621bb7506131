import { expect, test } from "bun:test"
import { filtered, noFilter, type Offer, withChosen } from "./offer-filter.ts"

const offer = (model: string, own: Partial<Offer> = {}): Offer => ({
  key: `${own.provider ?? ""}/${model}`,
  model,
  terms: { type: "per-token", input: 1, output: 2 },
  current: null,
  state: "new",
  ...own,
})
const all = [
  offer("gpt-4o", { provider: "openai", served: true }),
  offer("gpt-4o-mini", { provider: "openai", state: "different" }),
  offer("oss", { provider: "groq" }),
  offer("oss", { provider: "siliconflow" }),
]
const names = (filter: object) => filtered(all, { ...noFilter, ...filter }).map(({ key }) => key)

test("offers are found by words, state, maker and what channels offer", () => {
  expect(names({})).toHaveLength(4)
  expect(names({ search: "MINI gpt" })).toEqual(["openai/gpt-4o-mini"])
  expect(names({ state: "different" })).toEqual(["openai/gpt-4o-mini"])
  expect(names({ provider: "groq" })).toEqual(["groq/oss"])
  expect(names({ servedOnly: true })).toEqual(["openai/gpt-4o"])
})

test("of a model that several makers have, one price is chosen", () => {
  expect([...withChosen(new Set(), all.slice(2), all)]).toEqual(["groq/oss"])
  const chosen = new Set(["siliconflow/oss"])
  expect([...withChosen(chosen, all, all)]).toEqual([
    "siliconflow/oss",
    "openai/gpt-4o",
    "openai/gpt-4o-mini",
  ])
})
