import type { Upstream } from "../spec/index.ts"

type Hidden = Pick<Upstream, "channelId" | "baseUrl" | "key" | "secrets">

/** What an error tells at most. */
const messageBytesMax = 1_024

const resellers = /openai_api|anthropic_api|closeai_api|shell_api|api2d|one_api|new_api/gi

/** Secrets of somebody, recognisable without knowing them. */
const patterns: readonly Rule[] = [
  [/(bearer\s+)[^\s"',}]+/gi, "$1***"],
  [/([?&](?:api[-_]?)?key=)[^&\s"']+/gi, "$1***"],
  [/(api[ _-]?key[\w ]{0,20}:\s*)[^\s",}]+/gi, "$1***"],
  [/\b(?:sk|gsk|xai|rk|pk)[-_][\w*.-]{4,}/g, "***"],
  [/\bAIza[\w*-]{6,}/g, "***"],
  [/\borg-[\w*-]{6,}/g, "org-***"],
  [
    /\b(?:10|127)(?:\.\d{1,3}){3}\b|\b(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}\b/g,
    "***",
  ],
  [/\s*\(request id: \w+\)/gi, ""],
]

/**
 * Upstreams quote keys and addresses in their errors; our callers must see neither. The address
 * becomes `channel://<id>`, its host `channel`, a key `***`; names of known resellers go too.
 */
export function conceal(message: string, upstream: Hidden): string {
  let hidden = message
  for (const [pattern, name] of [...secretsOf(upstream), ...patterns])
    hidden = hidden.replace(pattern, name)
  hidden = hidden.replace(resellers, "chatnio_upstream")
  return shorten(hidden.replace(/\s+/g, " ").trim())
}

type Rule = readonly [RegExp, string]

function secretsOf({ channelId, baseUrl, key, secrets: others = [] }: Hidden): Rule[] {
  const parts = [key, ...key.split("|"), ...others].map((part) => part.trim())
  const addresses = [baseUrl, ...parts].filter(isAddress)
  const secrets = parts.filter((part) => part.length > 3 && !isAddress(part)).flatMap(disguises)
  return [
    ...secrets.sort((one, other) => other.length - one.length).map(secretRule),
    ...addresses.flatMap((address) => addressRules(address, channelId)),
  ]
}

/** A key like `id:secret` would pass for a URL. */
const isAddress = (part: string) => /^(?:http|ws)s?:\/\//i.test(part) && URL.canParse(part)

const secretRule = (secret: string): Rule => [new RegExp(RegExp.escape(secret), "gi"), "***"]

/** The forms in which an upstream might echo a key. */
const disguises = (key: string) => [
  ...new Set([
    key,
    JSON.stringify(key).slice(1, -1),
    encodeURIComponent(key),
    Buffer.from(key).toString("base64"),
    Buffer.from(key).toString("base64url"),
  ]),
]

function addressRules(address: string, channelId: string): Rule[] {
  const { host, hostname, origin } = new URL(address)
  const channel = `channel://${channelId}`.replaceAll("$", "$$$$")
  return [
    [new RegExp(RegExp.escape(address), "gi"), channel],
    [new RegExp(RegExp.escape(origin), "gi"), channel],
    [wordOf(host), "channel"],
    [wordOf(hostname), "channel"],
  ]
}

/** A host may be called `a`: inside a word it is not meant. */
const wordOf = (host: string) => new RegExp(`(?<![\\w-])${RegExp.escape(host)}(?![\\w-])`, "gi")

function shorten(text: string) {
  const bytes = Buffer.from(text)
  if (bytes.length <= messageBytesMax) return text
  return `${new TextDecoder().decode(bytes.subarray(0, messageBytesMax - 3), { stream: true })}…`
}
