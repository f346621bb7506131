import type { SitePrices } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { comparedTo } from "./compare-prices.ts"
import { type ReadCharges, readCharges } from "./read-charges.ts"

/** Of each of the addresses asked. */
const answerMsMax = 10_000
const answerBytesMax = 4 * 1024 * 1024

/** Where sites of this kind tell their prices, with the prefix of their API or without. */
const paths = ["/v1/charge", "/api/v1/charge"]

/**
 * What another site of this kind charges, beside what is charged here. Changes nothing.
 * @throws AppError `price.site`
 */
export async function readSitePrices(
  deps: Deps,
  actor: Actor,
  address: string,
): Promise<SitePrices> {
  requireAdmin(actor)
  const live = deps.live.current()
  const { offers, refused } = await askSite(deps, address)
  const there = new Set(offers.map(({ model }) => model))
  return {
    address,
    offers: offers.map((offer) => comparedTo(live, offer)),
    refused,
    onlyHere: [...live.prices.keys()].filter((model) => !there.has(model)).sort(),
  }
}

async function askSite(deps: Deps, address: string): Promise<ReadCharges> {
  const site = address
    .replace(/[?#].*$/, "")
    .replace(/\/+$/, "")
    .replace(/(\/api)?\/v1(\/charge)?$/, "")
  const answers: string[] = []
  for (const path of paths) {
    const answer = await ask(deps, site + path)
    if (typeof answer !== "string") return answer
    answers.push(answer)
  }
  // The first place is the usual one, and what is wrong there is worth telling.
  throw unreadable(answers[0] ?? "")
}

/** @returns what is wrong with the answer. @throws AppError when there was none */
async function ask({ fetchText }: Deps, address: string): Promise<ReadCharges | string> {
  const limits = { timeoutMs: answerMsMax, bytesMax: answerBytesMax }
  const { status, text } = await fetchText(address, limits).catch((error: Error) => {
    throw unreadable(error.message)
  })
  if (status !== 200) return `it answered ${status}`
  return readCharges(parsed(text)) ?? "it answered something else than a list of prices"
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `detail` names no address: it is shown. */
const unreadable = (detail: string) => new AppError("price.site", { detail })
