/**
 * i18next, because plural forms differ between our five languages (Russian has four) and because
 * translators' tools speak its format. Measured, minified and gzipped: i18next 13 kB and
 * react-i18next 4 kB; Paraglide has no runtime but puts each message of each language a page uses
 * into that page's chunk, and cannot load the admin's words by themselves. A language's words are
 * one lazy chunk per namespace: `app` for everyone, `admin` when an admin page is opened, `keys`
 * with the pages of the API keys.
 */
import i18next from "i18next"
import { initReactI18next } from "react-i18next"
import { stored } from "../lib/stored.ts"
import type { admin } from "./en/admin.ts"
import type { app } from "./en/app.ts"
import type { channels } from "./en/channels.ts"
import type { keys } from "./en/keys.ts"
import { type Language, language } from "./language.ts"

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app"
    keySeparator: false
    nsSeparator: false
    returnNull: false
    resources: {
      app: typeof app
      admin: typeof admin
      channels: typeof channels
      keys: typeof keys
    }
  }
}

type Namespace = "app" | "admin" | "channels" | "keys"
type Words = () => Promise<Record<string, string>>

const words: Record<Language, Record<Namespace, Words>> = {
  en: {
    app: async () => (await import("./en/app.ts")).app,
    admin: async () => (await import("./en/admin.ts")).admin,
    channels: async () => (await import("./en/channels.ts")).channels,
    keys: async () => (await import("./en/keys.ts")).keys,
  },
  "zh-CN": {
    app: async () => (await import("./zh-CN/app.ts")).app,
    admin: async () => (await import("./zh-CN/admin.ts")).admin,
    channels: async () => (await import("./zh-CN/channels.ts")).channels,
    keys: async () => (await import("./zh-CN/keys.ts")).keys,
  },
  "zh-TW": {
    app: async () => (await import("./zh-TW/app.ts")).app,
    admin: async () => (await import("./zh-TW/admin.ts")).admin,
    channels: async () => (await import("./zh-TW/channels.ts")).channels,
    keys: async () => (await import("./zh-TW/keys.ts")).keys,
  },
  ja: {
    app: async () => (await import("./ja/app.ts")).app,
    admin: async () => (await import("./ja/admin.ts")).admin,
    channels: async () => (await import("./ja/channels.ts")).channels,
    keys: async () => (await import("./ja/keys.ts")).keys,
  },
  ru: {
    app: async () => (await import("./ru/app.ts")).app,
    admin: async () => (await import("./ru/admin.ts")).admin,
    channels: async () => (await import("./ru/channels.ts")).channels,
    keys: async () => (await import("./ru/keys.ts")).keys,
  },
}

/** Resolves once the words of the language are there. */
export async function startI18n() {
  document.documentElement.lang = language.get()
  await i18next
    .use({
      type: "backend",
      read: (tag: Language, namespace: Namespace) => words[tag][namespace](),
    })
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
