import { expect, test } from "bun:test"
import { effectsOf, offeredBy } from "./offered.ts"

const effects = (models: string[], mapping: string[]) =>
  effectsOf({ models, mapping }).map(({ alias, effect }) => `${alias}: ${effect}`)

test("an alias is offered beside its model", () => {
  const offer = { models: ["big"], mapping: ["fast>big"] }
  expect(offeredBy(offer)).toEqual(["big", "fast"])
  expect(effects(offer.models, offer.mapping)).toEqual(["fast: both"])
})

test("with ! the model is offered by its alias only", () => {
  const offer = { models: ["big", "small"], mapping: ["!fast>small"] }
  expect(offeredBy(offer)).toEqual(["big", "fast"])
  expect(effects(offer.models, offer.mapping)).toEqual(["fast: hidden"])
})

test("a model that is not in the list is reached by its alias only", () => {
  expect(effects(["big"], ["fast>dated"])).toEqual(["fast: hidden"])
})

test("a name of the list may stand for another model", () => {
  const offer = { models: ["big"], mapping: ["big>big-2024"] }
  expect(offeredBy(offer)).toEqual(["big"])
  expect(effects(offer.models, offer.mapping)).toEqual(["big: hidden"])
})

test("of two lines for one alias the later wins, and a hidden alias is lost", () => {
  expect(effects(["a", "b"], ["x>a", "x>b"])).toEqual(["x: lost", "x: both"])
  expect(effects(["a"], ["x>a", "!y>x"])).toEqual(["x: lost", "y: hidden"])
})

test("half a line does nothing", () => {
  expect(offeredBy({ models: ["a"], mapping: ["x>", ">a", "x"] })).toEqual(["a"])
  expect(effects(["a"], ["x>", ">a", "x", "a>b>c"])).toEqual([])
})
