import type { Upstream } from "../spec/index.ts"

type Hidden = Pick<Upstream, "channelId" | "baseUrl" | "key">

/** What an error tells at most. */
const messageBytesMax = 1_024

const resellers = /openai_api|anthropic_api|closeai_api|shell_api|api2d|one_api|new_api/gi

/** Secrets of somebody, recognisable without knowing them. */
const patterns: readonly [RegExp, string][] = [
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
  for (const [secret, name] of secretsOf(upstream)) hidden = replaceAll(hidden, secret, name)
  for (const [pattern, name] of patterns) hidden = hidden.replace(pattern, name)
  hidden = hidden.replace(resellers, "chatnio_upstream")
  return shorten(hidden.replace(/\s+/g, " ").trim())
}

function secretsOf({ channelId, baseUrl, key }: Hidden): [string, string][] {
  const parts = [key, ...key.split("|")].map((part) => part.trim())
  const addresses = [baseUrl, ...parts.filter((part) => URL.canParse(part))]
  const secrets = parts
    .filter((part) => part.length > 3 && !URL.canParse(part))
    .flatMap((part) => disguises(part).map((text): [string, string] => [text, "***"]))
  return [
    ...secrets.sort(([one], [other]) => other.length - one.length),
    ...addresses.flatMap((address) => namesOf(address, channelId)),
  ]
}

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

function namesOf(address: string, channelId: string): [string, string][] {
  if (!URL.canParse(address)) return []
  const { host, hostname, origin } = new URL(address)
  return [
    [address, `channel://${channelId}`],
    [origin, `channel://${channelId}`],
    [host, "channel"],
    [hostname, "channel"],
  ]
}

function replaceAll(text: string, part: string, name: string) {
  if (part === "") return text
  return text.replace(new RegExp(RegExp.escape(part), "gi"), name.replaceAll("$", "$$$$"))
}

function shorten(text: string) {
  const bytes = Buffer.from(text)
  if (bytes.length <= messageBytesMax) return text
  return `${new TextDecoder().decode(bytes.subarray(0, messageBytesMax - 3), { stream: true })}…`
}
