import type { PriceRule } from "./price.ts"
import type { Settings } from "./settings.ts"

/** What the web needs to draw its first page. */
export type SessionView = {
  user: {
    id: string
    name: string
    isAdmin: boolean
    passwordExpired: boolean
    factorMissing: boolean
  } | null
  site: {
    title: string
    register: "open" | "closed"
    buyLink: string
    contact: string
    providers: { id: string; name: string }[]
    mail: boolean
    /** Whether there is something to chat with for those who are not signed in. */
    visitors: boolean
    /** Whether there are plans to subscribe to. */
    plans: boolean
  }
}

export type ConversationSummary = {
  id: string
  title: string
  model: string
  updatedAt: number
}

/** A model a person may choose. Prices in micropoints: per million tokens, or per request in `output`. */
export type ModelView = {
  id: string
  price: Pick<PriceRule, "type" | "input" | "output" | "details"> | null
}

export type BalanceView = { available: number; held: number }

export type PublicSettings = Pick<Settings, "site.title" | "site.buyLink" | "site.contact">
