import { z } from "zod"
import type { SkipReason } from "../../../contract/index.ts"

/** A setting of the original: what it becomes here, or why it becomes nothing. */
export type OldSetting = { path: string } & (
  | { key: string; value: unknown }
  | { reason: SkipReason }
)

const flag = z.union([z.boolean(), z.stringbool()]).catch(false)
const text = z.coerce.string().catch("")
const number = z.coerce.number().catch(0)
const list = z.array(z.coerce.string()).nullish().catch([])
const group = z.record(z.string(), z.unknown()).catch({})
const sections = z.object({
  general: group,
  site: group,
  mail: group,
  search: group,
  common: group,
})

/** What is empty or off over there, as it is from the beginning, says nothing. */
const isSilent = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  value === 0 ||
  value === "0" ||
  (Array.isArray(value) && value.length === 0)

/** The section `system` of `config.yaml`. */
export function settingsOf(system: unknown): OldSetting[] {
  const { general, site, mail, search, common } = sections.partial().safeParse(system).data ?? {}
  return [
    ...(general ? generalOf(general) : []),
    ...(site ? siteOf(site) : []),
    ...(mail ? mailOf(mail) : []),
    ...(search ? searchOf(search) : []),
    ...(common ? commonOf(common) : []),
  ]
}

type Section = Record<string, unknown>

const to = (section: Section, path: string, key: string, of: (value: unknown) => unknown) => {
  const value = section[path.split(".")[1]!]
  return isSilent(value) ? [] : [{ path, key, value: of(value) }]
}
const none = (section: Section, path: string) =>
  isSilent(section[path.split(".")[1]!]) ? [] : [{ path, reason: "setting-unknown" as const }]

const words = (value: unknown) => text.parse(value).trim()
const numeric = (value: unknown) => number.parse(value)
const isOn = (value: unknown) => flag.parse(value)
const names = (value: unknown) => list.parse(value) ?? []

/** The original's address is that of its interface, which may lie under `/api`. */
const siteAddress = (value: unknown) =>
  words(value)
    .replace(/\/+$/, "")
    .replace(/\/api$/, "")

const generalOf = (general: Section): OldSetting[] => [
  ...to(general, "general.title", "site.title", words),
  ...to(general, "general.backend", "site.address", siteAddress),
  ...none(general, "general.logo"),
  ...none(general, "general.docs"),
  ...none(general, "general.file"),
  ...none(general, "general.pwamanifest"),
]

const siteOf = (site: Section): OldSetting[] => [
  ...to(site, "site.closeregister", "site.closeRegister", isOn),
  ...to(site, "site.quota", "site.initialPoints", numeric),
  ...to(site, "site.buylink", "site.buyLink", words),
  ...to(site, "site.contact", "site.contact", words),
  ...to(site, "site.announcement", "site.announcement", words),
  ...to(site, "site.relayplan", "plans.relay", isOn),
  ...none(site, "site.closerelay"),
  ...none(site, "site.footer"),
]

const mailServer = z.object({
  system: z.object({ mail: z.object({ host: text, username: text, password: text, from: text }) }),
})

/** Whether the site of this `config.yaml` could send mail, for which it wanted all of these. */
export function sendsMail(config: unknown): boolean {
  const { data } = mailServer.safeParse(config)
  return data !== undefined && Object.values(data.system.mail).every((value) => value.trim() !== "")
}

function mailOf(mail: Section): OldSetting[] {
  if (isSilent(mail.host)) return []
  const whitelist = group.parse(mail.whitelist ?? {})
  const port = number.parse(mail.port) || 465
  const security = port === 465 ? "tls" : flag.parse(mail.protocol) ? "starttls" : "plain"
  return [
    ...to(mail, "mail.host", "mail.host", words),
    { path: "mail.port", key: "mail.port", value: port },
    { path: "mail.protocol", key: "mail.security", value: security },
    ...to(mail, "mail.username", "mail.username", words),
    ...to(mail, "mail.password", "mail.password", words),
    ...to(mail, "mail.from", "mail.from", words),
    ...(flag.parse(whitelist.enabled)
      ? [
          { path: "mail.whitelist.enabled", key: "mail.suffixes.enabled", value: true },
          {
            path: "mail.whitelist.whitelist",
            key: "mail.suffixes",
            value: [
              ...new Set([
                ...names(whitelist.whitelist),
                ...words(whitelist.custom).split(/[,\s]+/),
              ]),
            ].filter(Boolean),
          },
        ]
      : []),
  ]
}

/** Only newer versions ask SearXNG, and only they can crop. */
function searchOf(search: Section): OldSetting[] {
  const isNewer = "croplen" in search || "engines" in search || "safesearch" in search
  const endpoint = (value: unknown) => words(value).replace(/\/+(?:search\/*)?$|\/search$/, "")
  if (isSilent(search.endpoint)) return []
  return [
    { path: "search.kind", key: "search.kind", value: isNewer ? "searxng" : "duckduckgo" },
    ...to(search, "search.endpoint", "search.endpoint", endpoint),
    ...to(search, "search.query", "search.results", numeric),
    ...(isOn(search.crop)
      ? [
          {
            path: "search.croplen",
            key: "search.cropChars",
            value: numeric(search.croplen) || 1_000,
          },
        ]
      : []),
    ...to(search, "search.safesearch", "search.safesearch", numeric),
    ...to(search, "search.engines", "search.engines", names),
    ...to(search, "search.imageproxy", "search.imageProxy", isOn),
  ]
}

const commonOf = (common: Section): OldSetting[] => [
  ...to(common, "common.cache", "cache.models", names),
  ...to(common, "common.expire", "cache.seconds", numeric),
  ...to(common, "common.size", "cache.answersPerRequest", numeric),
  ...none(common, "common.article"),
  ...none(common, "common.generation"),
  ...none(common, "common.imagestore"),
]
