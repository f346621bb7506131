import { z } from "zod"
import { modelName } from "./channel.ts"
import { mailAddress } from "./mail.ts"
import { oidcProvider, oidcProvidersMax } from "./oidc.ts"
import { planDiscounts } from "./plan.ts"
import { cnyPerUsd, pointsPerCny } from "./price-adoption.ts"

/**
 * Every setting: its shape, what it is before anyone sets it, and whether visitors see it. A secret
 * one is text that goes in and never comes out: stored sealed, and listed as whether it is set.
 */
export const settings = {
  "site.title": { schema: z.string().trim().min(1).max(64), initial: "Chat Nio", public: true },
  /** Where the server is reached from outside; empty when upstreams cannot reach it. */
  "site.address": {
    schema: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]),
    initial: "",
    public: true,
  },
  /** Whether nobody may register; accounts are made by administrators then. */
  "site.closeRegister": { schema: z.boolean(), initial: false, public: true },
  /** Whether only mail addresses of `mail.suffixes` are taken. */
  "mail.suffixes.enabled": { schema: z.boolean(), initial: false, public: false },
  /** What may follow the @, as a whole. */
  "mail.suffixes": {
    schema: z
      .array(
        z
          .string()
          .toLowerCase()
          .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/)
          .max(253),
      )
      .max(1_000),
    initial: [],
    public: false,
  },
  "site.initialPoints": { schema: z.number().min(0).max(1_000_000_000), initial: 0, public: false },
  "site.buyLink": {
    schema: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]),
    initial: "",
    public: true,
  },
  "site.contact": { schema: z.string().max(10_000), initial: "", public: true },
  /** Requests a minute one person or key may start; 0 means without limit. */
  "limits.requestsPerMinute": {
    schema: z.int().min(0).max(1_000_000),
    initial: 600,
    public: false,
  },
  /** What the prices of the list that comes with the program are worth here. */
  "prices.cnyPerUsd": { schema: cnyPerUsd, initial: 7.1, public: false },
  "prices.pointsPerCny": { schema: pointsPerCny, initial: 10, public: false },
  /** Whether people can subscribe, and plans pay. */
  "plans.enabled": { schema: z.boolean(), initial: false, public: true },
  /** Whether a plan pays for what comes by an API key, too. */
  "plans.relay": { schema: z.boolean(), initial: false, public: false },
  /** What many months at once cost less. */
  "plans.discounts": {
    schema: planDiscounts,
    initial: [
      { months: 6, percentOff: 10 },
      { months: 12, percentOff: 20 },
      { months: 36, percentOff: 30 },
    ],
    public: false,
  },
  /** Accounts elsewhere that people may sign in with; their clients' secrets are kept apart. */
  "signIn.providers": {
    schema: z.array(oidcProvider).max(oidcProvidersMax),
    initial: [],
    public: false,
  },
  /** Who must have a second factor; they may do nothing else until they have one. */
  "security.requireSecondFactor": {
    schema: z.enum(["nobody", "admins", "everyone"]),
    initial: "nobody",
    public: false,
  },
  /** Models whose answers are told again to whoever asks the same. */
  "cache.models": { schema: z.array(modelName).max(10_000), initial: [], public: false },
  /** Different answers kept of one request; which one is told is chance. */
  "cache.answersPerRequest": { schema: z.int().min(1).max(100), initial: 1, public: false },
  /** How long an answer is kept. */
  "cache.seconds": { schema: z.int().min(1).max(2_592_000), initial: 3_600, public: false },
  /** Which contract the search service keeps. */
  "search.kind": {
    schema: z.enum(["duckduckgo", "searxng"]),
    initial: "duckduckgo",
    public: false,
  },
  /** Empty: the public service of the DuckDuckGo kind. May be private. */
  "search.endpoint": { schema: z.union([z.literal(""), z.url()]), initial: "", public: false },
  /** 0 and less: five. */
  "search.results": { schema: z.int().min(-1).max(50), initial: 5, public: false },
  /** Of all results together; 0: as many as fit. */
  "search.cropChars": { schema: z.int().min(0).max(16_000), initial: 0, public: false },
  /** SearXNG: 0 shows everything, 2 is strict. */
  "search.safesearch": { schema: z.int().min(0).max(2), initial: 0, public: false },
  /** SearXNG: names of its engines; none: its own choice. */
  "search.engines": {
    schema: z.array(z.string().regex(/^[^,\s][^,]{0,63}$/)).max(50),
    initial: [],
    public: false,
  },
  /** SearXNG: whether pictures come by way of it. */
  "search.imageProxy": { schema: z.boolean(), initial: false, public: false },
  /** The server that takes our mail; without one, or without a sender, none is sent. */
  "mail.host": {
    schema: z.union([z.literal(""), z.string().regex(/^[\w.:-]{1,253}$/)]),
    initial: "",
    public: false,
  },
  "mail.port": { schema: z.int().min(1).max(65_535), initial: 465, public: false },
  /** From the first byte, by STARTTLS or not at all, or never. */
  "mail.security": {
    schema: z.enum(["tls", "starttls", "plain"]),
    initial: "tls",
    public: false,
  },
  /** Empty: the server asks for none. */
  "mail.username": { schema: z.string().max(255), initial: "", public: false },
  "mail.password": { schema: z.string().max(1_024), initial: "", public: false, secret: true },
  /** The sender's address; their name is the site's. */
  "mail.from": { schema: z.union([z.literal(""), mailAddress]), initial: "", public: false },
} as const satisfies Record<string, Setting>

type Setting =
  | { schema: z.ZodType; initial: unknown; public: boolean }
  | { schema: z.ZodType<string>; initial: ""; public: false; secret: true }

export type SettingKey = keyof typeof settings
export type Settings = { readonly [K in SettingKey]: z.infer<(typeof settings)[K]["schema"]> }
type SecretKey = {
  [K in SettingKey]: (typeof settings)[K] extends { secret: true } ? K : never
}[SettingKey]

/** What an administrator sees: of secrets only whether they are set. */
export type SettingsView = Omit<Settings, SecretKey> & { readonly [K in SecretKey]: boolean }

export const isSecret = (key: string): key is SecretKey =>
  key in settings && "secret" in settings[key as SettingKey]

/** Its value is judged by the setting's own schema. A secret keeps what it is by "", and ends by null. */
export const settingChange = z.object({
  key: z.enum(Object.keys(settings) as [SettingKey, ...SettingKey[]]),
  value: z.unknown(),
})
