import type { Provider } from "@nio/adapters"
import { z } from "zod"
import { type ChannelSecrets, channelConfig, mappingLine, modelName } from "../../contract/index.ts"
import { reasonOf } from "../live/build-live.ts"
import { importProxy, storedProxy } from "./import-proxy.ts"

/** A channel whose secrets are not sealed yet. `config` may be one that cannot be used; then it is not enabled. */
export type ImportedChannel = {
  name: string
  enabled: boolean
  config: unknown
  secrets: ChannelSecrets
}

/** What Chat Nio calls a type, and which provider here speaks to the same upstream. */
const providerOfType: Readonly<Record<string, string>> = {
  claude: "anthropic",
  palm: "gemini",
  sparkdesk: "spark",
  chatglm: "zhipu",
  qwen: "dashscope",
  skylark: "volcengine",
}

const list = z.array(z.coerce.string()).nullish().catch([])
const stored = z.object({
  name: z.coerce.string().catch(""),
  type: z.coerce.string().catch(""),
  endpoint: z.coerce.string().catch(""),
  mapper: z.string().nullish().catch(""),
  secret: z.coerce.string().catch(""),
  models: list,
  group: list,
  priority: z.coerce.number().catch(0),
  weight: z.coerce.number().catch(1),
  retry: z.coerce.number().catch(1),
  state: z.union([z.boolean(), z.stringbool()]).catch(true),
  proxy: storedProxy,
})
type Stored = z.infer<typeof stored>

/**
 * One entry of `channel` in `config.yaml`. What this installation cannot use is imported disabled,
 * and `note` is told why.
 */
export function importChannel(
  entry: unknown,
  providers: ReadonlyMap<string, Provider>,
  note: (text: string) => void,
): ImportedChannel | undefined {
  const { data } = stored.safeParse(entry)
  if (!data) {
    note("left out, since it is not a channel")
    return undefined
  }
  const provider = providerOfType[data.type] ?? data.type
  const { baseUrl, secrets } = placeOf(data, providers.get(provider)?.baseUrl ?? "")
  const mapping = mappingOf(data, note)
  const proxy = importProxy(data.proxy)
  const config = {
    provider,
    proxy: proxy?.address ?? null,
    baseUrl,
    models: modelsOf(data, mapping, note),
    mapping,
    groups: data.group ?? [],
    priority: within(data.priority, -1_000, 1_000),
    weight: within(data.weight, 1, 1_000),
    tries: within(data.retry, 1, 10),
  }
  if (proxy === null) note("its proxy cannot be used")

  const problem =
    proxy === null ? "its proxy cannot be used" : problemOf(config, secrets, providers)
  if (problem && data.state) note(`imported disabled, since ${problem}`)
  const name = data.name.trim().slice(0, nameCharsMax) || data.type || "channel"
  return {
    name,
    enabled: data.state && !problem,
    config: channelConfig.safeParse(config).data ?? config,
    secrets: {
      keys: secrets,
      headers: {},
      ...(proxy?.login && { proxyLogin: proxy.login }),
    },
  }
}

const nameCharsMax = 64
const secretsMax = 500

function problemOf(
  config: { provider: string },
  secrets: string[],
  providers: ReadonlyMap<string, Provider>,
): string | undefined {
  if (!providers.has(config.provider)) return `the provider ${config.provider} is not known here`
  if (secrets.length === 0) return "it has no secret"
  const { error } = channelConfig.safeParse(config)
  return error && reasonOf(error)
}

/**
 * For Azure, Chat Nio has the API version in place of the address and the address in the secret; for
 * Slack it has the name of a channel there, which here is part of the secret.
 */
function placeOf({ type, endpoint, secret }: Stored, initial: string) {
  const lines = secret.split("\n").map((line) => line.trim())
  const secrets = lines.filter(Boolean).slice(0, secretsMax)
  const address = endpoint.trim().replace(/\/+$/, "")
  // A proxy without a secret, which is written so where there is one.
  if (type === "midjourney" && secrets.length === 0) secrets.push("null")
  if (type === "slack" && !/^https?:/.test(address))
    return { baseUrl: initial, secrets: secrets.map((line) => inSlackChannel(line, address)) }
  if (type !== "azure" || !/^\d{4}-/.test(address)) return { baseUrl: address || initial, secrets }

  const versioned = secrets.map((line) => {
    const [key = "", resource = ""] = line.split("|")
    return `${key.trim()}|${resource.trim().replace(/\/+$/, "")}?api-version=${address}`
  })
  return { baseUrl: versioned[0]?.split("|")[1] ?? initial, secrets: versioned }
}

const inSlackChannel = (line: string, channel: string) =>
  channel ? `${line.split("|").slice(0, 2).join("|")}|${channel}` : line

/** Lines that are not exactly `a>b` never had a meaning; most are remarks or empty. */
function mappingOf({ mapper }: Stored, note: (text: string) => void): string[] {
  const lines = (mapper ?? "").split("\n").filter((line) => line.split(">").length === 2)
  const trimmed = lines.map((line) =>
    line
      .trim()
      .replace(/\s*>\s*/, ">")
      .replace(/^!\s+/, "!"),
  )
  const usable = trimmed.filter((line) => mappingLine.safeParse(line).success)
  if (usable.length < trimmed.length) note("some lines of its mapping are left out")
  return usable
}

/** A channel that only has a mapping offers the names in it. */
function modelsOf({ models }: Stored, mapping: string[], note: (text: string) => void): string[] {
  const sources = mapping.map((line) => line.replace(/^!/, "").split(">")[0] ?? "")
  const named = models?.length ? models : sources
  const usable = named
    .map((model) => model.trim())
    .filter((model) => modelName.safeParse(model).success)
  if (usable.length < named.length)
    note("some of its models are left out, since their names cannot be used")
  return [...new Set(usable)]
}

const within = (value: number, min: number, max: number) =>
  Math.min(max, Math.max(min, Number.isFinite(value) ? Math.trunc(value) : min))
