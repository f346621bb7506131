import type { SettingsView } from "@nio/server/contract"
import { isSecret, settings as rules } from "@nio/server/contract/settings"

/** The settings this page edits, as its form holds them: numbers and lists are text. */
const edited = [
  "site.title",
  "site.address",
  "site.buyLink",
  "site.contact",
  "site.closeRegister",
  "site.initialPoints",
  "mail.suffixes.enabled",
  "mail.suffixes",
  "limits.requestsPerMinute",
  "security.requireSecondFactor",
  "search.kind",
  "search.endpoint",
  "search.results",
  "search.cropChars",
  "search.safesearch",
  "search.engines",
  "search.imageProxy",
  "cache.models",
  "cache.answersPerRequest",
  "cache.seconds",
  "mail.host",
  "mail.port",
  "mail.security",
  "mail.username",
  "mail.password",
  "mail.from",
] as const
export type Edited = (typeof edited)[number]

/** Dots would be paths to the form. */
export const fieldOf = (key: Edited): string => key.replaceAll(".", "_")
export type SettingValues = Record<string, string | boolean>

const isList = (value: SettingsView[Edited]): value is string[] => Array.isArray(value)

export function valuesOf(settings: SettingsView): SettingValues {
  return Object.fromEntries(
    edited.map((key) => [fieldOf(key), isSecret(key) ? "" : shownAs(settings[key])]),
  )
}

function shownAs(value: SettingsView[Edited]): string | boolean {
  if (typeof value === "boolean") return value
  return isList(value) ? value.join("\n") : String(value)
}

/** @returns the setting as the server takes it, in the type it has now */
function settingOf(value: string | boolean, now: SettingsView[Edited]): unknown {
  if (typeof value === "boolean") return value
  if (typeof now === "number") return value.trim() === "" ? Number.NaN : Number(value)
  if (!isList(now)) return value.trim()
  const lines = value.split(/[\n,]/).map((line) => line.trim())
  return [...new Set(lines.filter(Boolean))]
}

/** Nothing typed keeps a secret; `false` takes it away. */
const secretOf = (value: string | boolean) => (value === false ? null : value)

/** Whether the server would take it. */
export const isGood = (key: Edited, value: string | boolean, now: SettingsView): boolean =>
  (isSecret(key) && value === false) ||
  rules[key].schema.safeParse(settingOf(value, now[key])).success

/** What differs from how it is now. */
export function changesOf(values: SettingValues, now: SettingsView) {
  return edited
    .map((key) => {
      const value = values[fieldOf(key)] ?? ""
      return { key, value: isSecret(key) ? secretOf(value) : settingOf(value, now[key]) }
    })
    .filter(({ key, value }) =>
      isSecret(key) ? value !== "" : JSON.stringify(value) !== JSON.stringify(now[key]),
    )
}
