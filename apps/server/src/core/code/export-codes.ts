import { type CodeView, type ExportCodes, toPoints } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import { csvLine } from "../csv.ts"
import type { Deps } from "../deps.ts"
import { readCodes } from "./list-codes.ts"

const pageCodes = 5_000
/** What one file holds. */
const exportMax = 100_000

/** The codes of a filter as the text of a file: one a line, or with everything known about them. */
export async function exportCodes(
  deps: Deps,
  actor: Actor,
  { format, ...filter }: ExportCodes,
): Promise<string> {
  requireAdmin(actor)
  const lines = format === "csv" ? [csvLine(heads)] : []
  let before: string | undefined
  while (lines.length < exportMax) {
    const page = await readCodes(deps, filter, { limit: pageCodes, before })
    lines.push(...page.map((code) => (format === "csv" ? csvLine(cellsOf(code)) : code.code)))
    before = page.at(-1)?.id
    if (page.length < pageCodes) break
  }
  return `${lines.join("\r\n")}\r\n`
}

const heads = ["code", "type", "points", "state", "batch", "created", "expires", "used", "used_by"]

const cellsOf = (code: CodeView) => [
  code.code,
  code.type,
  toPoints(code.points),
  code.state,
  code.batch,
  timeOf(code.createdAt),
  timeOf(code.expiresAt),
  timeOf(code.usedAt),
  code.usedBy?.name ?? "",
]

const timeOf = (at: number | null): string => (at === null ? "" : new Date(at).toISOString())
