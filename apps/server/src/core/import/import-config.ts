import type { Provider } from "@nio/adapters"
import { z } from "zod"
import type { PriceRule } from "../../contract/index.ts"
import { type ImportedChannel, importChannel } from "./import-channel.ts"
import { importPrice } from "./import-price.ts"

export type ImportedConfig = {
  channels: ImportedChannel[]
  /** In their order: the first that lists a model is its price. */
  prices: PriceRule[]
  /** What could not be taken over as it was, for the operator. */
  notes: string[]
}

const sections = z.object({
  channel: z.array(z.unknown()).nullish().catch([]),
  charge: z.array(z.unknown()).nullish().catch([]),
})

/** What the sections `channel` and `charge` of Chat Nio's `config.yaml` come to here. */
export function importConfig(
  file: unknown,
  providers: ReadonlyMap<string, Provider>,
): ImportedConfig {
  const { channel, charge } = sections.safeParse(file).data ?? {}
  const notes: string[] = []
  const note = (what: string) => (text: string) => void notes.push(`${what}: ${text}`)
  return {
    channels: (channel ?? []).flatMap(
      (entry, at) => importChannel(entry, providers, note(`channel ${nameOf(entry, at)}`)) ?? [],
    ),
    prices: (charge ?? []).flatMap(
      (entry, at) => importPrice(entry, note(`price rule ${nameOf(entry, at)}`)) ?? [],
    ),
    notes,
  }
}

const named = z.object({ name: z.string().optional(), id: z.coerce.string().optional() })

function nameOf(entry: unknown, at: number): string {
  const { name, id } = named.safeParse(entry).data ?? {}
  return name || (id ? `#${id}` : `number ${at + 1}`)
}
