import type { Usage } from "@nio/adapters"
import type { Micropoints } from "../../contract/index.ts"
import { type Rates, roundedUp, sumOf, termsOf, whole } from "./terms.ts"

/**
 * What one answer costs, rounded once, upward, so that nothing is given away a fraction at a time.
 * The products are made in `bigint`: tokens times a rate can leave the range in which numbers are exact.
 * Several pictures made at once are as many `requests`.
 */
export const costOf = (price: Rates, usage: Usage, requests = 1): Micropoints =>
  roundedUp(sumOf(termsOf(price, usage, requests)))

/** The sum of rates per million times tokens, rounded up once. */
export const perMillion = (
  items: readonly (readonly [rate: Micropoints, tokens: number])[],
): Micropoints =>
  roundedUp(items.reduce((sum, [rate, tokens]) => sum + BigInt(rate) * whole(tokens), 0n))

/**
 * What an account must have before a request may start: the price of one request, or that of a
 * thousand tokens in and a thousand out, with a picture and a second where those have a price.
 */
export const minimumOf = (price: Rates): Micropoints =>
  costOf(price, { input: 1_000, output: 1_000, images: 1, mediaMs: 1_000 })

/** What is set aside for an answer of the expected size. */
export const holdFor = (price: Rates, expected: Usage, requests?: number): Micropoints =>
  Math.max(minimumOf(price), costOf(price, expected, requests))
