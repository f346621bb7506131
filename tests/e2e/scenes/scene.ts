import type { SimulatedUpstream } from "@nio/adapters/testing"
import type { Page } from "playwright-core"
import type { Browser as Operator } from "../../support/browser.ts"

/** What a scene is set on: a server that is set up, and one that is as installed. */
export type Stage = {
  server: { url: string }
  bare: { url: string }
  operator: Operator
  upstream: SimulatedUpstream
  /** Takes down at the end what a scene put up for itself. */
  closing: AsyncDisposableStack
}

/** A page, and what is done on it before its picture is taken. */
export type Shot = {
  name: string
  path: string
  signedOut?: boolean
  /** Who looks at it, when it is not the operator of the server that is set up. */
  as?: Operator
  /** Of another server than the one that is set up. */
  url?: string
  /** For a state that only one size has. */
  size?: "phone" | "desktop"
  act?: (page: Page) => Promise<unknown>
}

/** Puts on the stage what its pictures show. */
export type Scene = (stage: Stage) => Promise<Shot[]>

/** Asks the API, as a program would. */
export const askApi = (stage: Stage, key: string, model: string) =>
  fetch(`${stage.server.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model, messages: [{ role: "user", content: "Tell me." }] }),
  }).then((answer) => answer.text())
