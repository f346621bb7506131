/**
 * i18next, because plural forms differ between our five languages (Russian has four) and because
 * translators' tools speak its format. Measured, minified and gzipped: i18next 13 kB and
 * react-i18next 4 kB; Paraglide has no runtime but puts each message of each language a page uses
 * into that page's chunk, and cannot load the admin's words by themselves. A language's words are
 * one lazy chunk per namespace: `app` for everyone, the others with the pages that say them. A new
 * namespace is a file per language, and its type below.
 */
import i18next from "i18next"
import { initReactI18next } from "react-i18next"
import { stored } from "../lib/stored.ts"
import type { account } from "./en/account.ts"
import type { admin } from "./en/admin.ts"
import type { app } from "./en/app.ts"
import type { audit } from "./en/audit.ts"
import type { channels } from "./en/channels.ts"
import type { codes } from "./en/codes.ts"
import type { factors } from "./en/factors.ts"
import type { keys } from "./en/keys.ts"
import type { money } from "./en/money.ts"
import type { people } from "./en/people.ts"
import type { plans } from "./en/plans.ts"
import type { prices } from "./en/prices.ts"
import type { share } from "./en/share.ts"
import type { takeover } from "./en/takeover.ts"
import type { visitor } from "./en/visitor.ts"
import { type Language, language } from "./language.ts"

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app"
    keySeparator: false
    nsSeparator: false
    returnNull: false
    resources: {
      app: typeof app
      account: typeof account
      admin: typeof admin
      audit: typeof audit
      channels: typeof channels
      codes: typeof codes
      factors: typeof factors
      keys: typeof keys
      money: typeof money
      people: typeof people
      plans: typeof plans
      prices: typeof prices
      share: typeof share
      visitor: typeof visitor
      takeover: typeof takeover
    }
  }
}

type Words = Record<string, string>

/** A language's words of one namespace are the export of that name in a file of that name. */
const files = import.meta.glob<Record<string, Words>>("./*/*.ts")

async function read(tag: Language, namespace: string): Promise<Words> {
  const words = (await files[`./${tag}/${namespace}.ts`]?.())?.[namespace]
  if (words) return words
  throw new Error(`${tag} has no words called ${namespace}`)
}

/** Resolves once the words of the language are there. */
export async function startI18n() {
  document.documentElement.lang = language.get()
  await i18next
    .use({ type: "backend", read })
    .use(initReactI18next)
    .init({
      lng: language.get(),
      fallbackLng: false,
      load: "currentOnly",
      ns: ["app"],
      defaultNS: "app",
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false, prefix: "{", suffix: "}" },
    })
}

/** Fetches a language's words and then shows it. Kept for the next visit. */
export async function setLanguage(next: Language) {
  await i18next.changeLanguage(next)
  document.documentElement.lang = next
  stored.set("language", next)
  language.set(next)
}
