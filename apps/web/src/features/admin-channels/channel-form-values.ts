import type { ChannelCreate, ChannelEdit, ChannelView, ProviderView } from "@nio/server/contract"
import { channelDefaults } from "@nio/server/contract/channel"
import { type CostValues, costOf, costValuesOf } from "./cost-values.ts"
import { linesOf, secretLines } from "./lines.ts"

/** A channel as the form holds it: lists are text, one entry a line, so that many can be pasted. */
export type ChannelValues = {
  name: string
  enabled: boolean
  provider: string
  baseUrl: string
  models: string
  secrets: string
  mapping: string
  groups: string[]
  priority: string
  weight: string
  tries: string
  connectSeconds: string
  firstByteSeconds: string
  idleSeconds: string
  totalSeconds: string
  proxy: ProxyValues
  headers: HeaderValues[]
  costs: CostValues[]
}

/** Without a scheme there is no proxy. A stored login never comes back: `keepsLogin` leaves it alone. */
export type ProxyValues = {
  scheme: "" | "http" | "https" | "socks5"
  host: string
  port: string
  username: string
  password: string
  keepsLogin: boolean
}

/** A stored value never comes back: of one with a hint, an empty value keeps what is stored. */
export type HeaderValues = { name: string; value: string; hint: string }

const noProxy: ProxyValues = {
  scheme: "",
  host: "",
  port: "",
  username: "",
  password: "",
  keepsLogin: true,
}

/** The models a provider is known for, as the box holds them. */
export const templateOf = (provider: ProviderView | undefined): string =>
  provider?.models.join("\n") ?? ""

export function newValues(provider: ProviderView | undefined): ChannelValues {
  return {
    name: "",
    enabled: true,
    provider: provider?.id ?? "",
    baseUrl: provider?.baseUrl ?? "",
    models: templateOf(provider),
    secrets: "",
    mapping: "",
    groups: [],
    priority: String(channelDefaults.priority),
    weight: String(channelDefaults.weight),
    tries: String(channelDefaults.tries),
    ...secondsOf(channelDefaults),
    proxy: noProxy,
    headers: [],
    costs: [],
  }
}

/** Secrets never come back: the box is empty, and left empty it keeps what is stored. */
export function valuesOf(channel: ChannelView): ChannelValues {
  return {
    name: channel.name,
    enabled: channel.enabled,
    provider: channel.provider,
    baseUrl: channel.baseUrl,
    models: channel.models.join("\n"),
    secrets: "",
    mapping: channel.mapping.join("\n"),
    groups: [...channel.groups],
    priority: String(channel.priority),
    weight: String(channel.weight),
    tries: String(channel.tries),
    ...secondsOf(channel),
    proxy: proxyValuesOf(channel.proxy),
    headers: Object.entries(channel.headerHints).map(([name, hint]) => ({ name, hint, value: "" })),
    costs: channel.costs.map(costValuesOf),
  }
}

const secondsOf = (seconds: {
  connectSeconds: number
  firstByteSeconds: number
  idleSeconds: number
  totalSeconds: number
}) => ({
  connectSeconds: String(seconds.connectSeconds),
  firstByteSeconds: String(seconds.firstByteSeconds),
  idleSeconds: String(seconds.idleSeconds),
  totalSeconds: String(seconds.totalSeconds),
})

function proxyValuesOf(proxy: ChannelView["proxy"]): ProxyValues {
  if (!proxy) return noProxy
  const { scheme, host, port } = proxy
  return { ...noProxy, scheme, host, port: String(port) }
}

/** A channel that is made: nothing is stored yet, so nothing can be kept. */
export function newChannelOf(values: ChannelValues): ChannelCreate {
  const { headers = {}, ...channel } = channelOf(values)
  const known = Object.entries(headers).map(([name, value]) => [name, value ?? ""])
  return { ...channel, headers: Object.fromEntries(known) }
}

/** Everything the form knows of the channel. */
export type EditedChannel = Omit<ChannelCreate, "headers"> & Pick<ChannelEdit, "headers">

export function channelOf(values: ChannelValues): EditedChannel {
  return {
    name: values.name.trim(),
    enabled: values.enabled,
    provider: values.provider,
    baseUrl: values.baseUrl.trim().replace(/\/+$/, ""),
    models: linesOf(values.models),
    secrets: secretLines(values.secrets),
    mapping: linesOf(values.mapping),
    groups: values.groups,
    priority: Number(values.priority),
    weight: Number(values.weight),
    tries: Number(values.tries),
    connectSeconds: Number(values.connectSeconds),
    firstByteSeconds: Number(values.firstByteSeconds),
    idleSeconds: Number(values.idleSeconds),
    totalSeconds: Number(values.totalSeconds),
    proxy: proxyOf(values.proxy),
    headers: headersOf(values.headers),
    costs: values.costs.map(costOf),
  }
}

function proxyOf(proxy: ProxyValues): ChannelCreate["proxy"] {
  const { scheme, username, password, keepsLogin } = proxy
  if (scheme === "") return null
  const address = { scheme, host: proxy.host.trim(), port: Number(proxy.port) }
  if (username.trim() !== "") return { ...address, login: { username: username.trim(), password } }
  return keepsLogin ? address : { ...address, login: null }
}

const headersOf = (headers: readonly HeaderValues[]): NonNullable<ChannelEdit["headers"]> =>
  Object.fromEntries(
    headers
      .filter(({ name }) => name.trim() !== "")
      .map(({ name, value, hint }) => [
        name.trim(),
        value.trim() === "" && hint !== "" ? null : value.trim(),
      ]),
  )
