import type { ChannelCreate, ChannelView, ProviderView } from "@nio/server/contract"
import { channelDefaults } from "@nio/server/contract/channel"
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
  firstByteSeconds: string
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
    firstByteSeconds: String(channelDefaults.firstByteSeconds),
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
    firstByteSeconds: String(channel.firstByteSeconds),
  }
}

export function channelOf(values: ChannelValues): ChannelCreate {
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
    firstByteSeconds: Number(values.firstByteSeconds),
  }
}
