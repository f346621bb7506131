import type { UpstreamErrorKind } from "../spec/index.ts"

/** What a provider's codes mean; of a code with dots (`Throttling.RateQuota`) its beginning is enough. */
export type CodeTable = Readonly<Record<string, UpstreamErrorKind>>

export function kindByCode(table: CodeTable, code: string | undefined) {
  for (let name = code; name; name = name.slice(0, Math.max(0, name.lastIndexOf("."))))
    if (Object.hasOwn(table, name)) return table[name]
  return undefined
}
