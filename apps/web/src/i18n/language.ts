import { createStore } from "../lib/store.ts"
import { stored } from "../lib/stored.ts"

/** Each language by its own name. */
export const languages = {
  en: "English",
  "zh-CN": "简体中文",
  "zh-TW": "繁體中文",
  ja: "日本語",
  ru: "Русский",
} as const
export type Language = keyof typeof languages

const isLanguage = (tag: string | null): tag is Language => tag !== null && tag in languages

/** The first of a person's languages that we have; Chinese by its script. */
function negotiate(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    if (/^zh(?:-Hant|-(?:TW|HK|MO))/i.test(tag)) return "zh-TW"
    if (/^zh/i.test(tag)) return "zh-CN"
    const base = tag.split("-")[0]!.toLowerCase()
    if (isLanguage(base)) return base
  }
  return "en"
}

const kept = stored.get("language")

/** The language shown. Changed by `setLanguage` in `i18n.ts`, once its words are there. */
export const language = createStore<Language>(
  isLanguage(kept) ? kept : negotiate(navigator.languages),
)
