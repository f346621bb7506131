import type { OldPlace } from "@nio/db"
import { isZone } from "../core/import/chatnio/local-time.ts"
import type { Progress } from "../core/import/chatnio/run.ts"
import { type Outcome, runImport, stateOf } from "../core/import/chatnio/run-import.ts"
import { openFormerSite } from "../former-site.ts"
import { openReportFile } from "../infra/report-file.ts"
import { skipWords } from "./import-words.ts"
import { type Command, type Options, UsageError } from "./read-arguments.ts"

const zoneDefault = "Asia/Shanghai"
const sourceName = /^[a-z0-9-]{1,32}$/

export const importChatnio: Command = {
  says: "Takes over a Chat Nio installation; again, what is new there. Exit 1 when the sums do not agree.",
  options: { mysql: "URL" },
  optional: {
    config: "FILE",
    redis: "URL",
    timezone: zoneDefault,
    source: "NAME",
    "dry-run": "",
    resume: "",
  },
  async run(deps, options, { dataDir }) {
    const dry = options["dry-run"] !== undefined
    const site = await openFormerSite(placeOf(options))
    const state = await stateOf(deps, site.source)
    try {
      if (!dry && state === "unfinished" && options.resume === undefined)
        throw new UsageError(
          "An import of this installation was cut off, or is under way. With --resume it goes on.",
        )
      const began = deps.now()
      const name = `${new Date(began).toISOString().replace(/[:.]/g, "-")}-${site.source}`
      const file = await openReportFile(dataDir, dry ? `${name}-dry-run` : name)
      const listeners = { report: file.write, progress: async (at: Progress) => showProgress(at) }
      const outcome = await runImport(deps, site, { dry, listeners }).finally(file.close)
      summarise(outcome, { dry, seconds: (deps.now() - began) / 1_000, path: file.path })
      return outcome.checks.every(({ ok }) => ok) ? 0 : 1
    } finally {
      await site.database.close()
    }
  },
}

function placeOf({ mysql = "", config, redis, timezone = zoneDefault, source }: Options) {
  if (!isZone(timezone)) throw new UsageError("--timezone takes a name such as Asia/Shanghai.")
  if (source !== undefined && !sourceName.test(source))
    throw new UsageError("--source takes up to 32 small letters, digits and dashes.")
  return { mysql: mysqlOf(mysql), config, redis, zone: timezone, source }
}

function mysqlOf(text: string): OldPlace {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const database = decodeURIComponent(url?.pathname.slice(1) ?? "")
  if (!url || !/^(?:mysql|mariadb):$/.test(url.protocol) || !database)
    throw new UsageError(
      "--mysql takes an address such as mysql://user:password@host:3306/chatnio.",
    )
  return {
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
    tls: url.searchParams.has("tls"),
  }
}

function showProgress({ kind, done, of }: Progress): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${kind}: ${done} of ${of}`)
}

type Told = { dry: boolean; seconds: number; path: string }

function summarise({ tally, checks }: Outcome, { dry, seconds, path }: Told): void {
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K")
  console.log(dry ? "This is what an import would do; nothing was written.\n" : "Imported.\n")
  for (const [kind, { there, added, known, changed, skipped, reasons }] of tally.kinds) {
    if (there === 0) continue
    const counts = [
      `${added} new`,
      `${known} here before`,
      `${changed} changed`,
      `${skipped} skipped`,
    ]
    console.log(`${kind.padEnd(14)} ${String(there).padStart(9)} there: ${counts.join(", ")}`)
    for (const [reason, times] of reasons)
      console.log(`${" ".repeat(25)}${times} skipped: ${skipWords[reason]}`)
  }
  const { debts, changed, left } = tally.money
  if (debts < 0n) console.log(`\nDebts, which do not come along: ${points(-debts)} points`)
  if (left !== 0n) console.log(`Balances without an owner: ${points(left)} points`)
  if (changed !== 0n)
    console.log(`Balances that changed there since they came: ${points(changed)} points`)
  console.log("\nPreferences are not in a Chat Nio database: each browser keeps its own.")
  console.log(`Line by line: ${path}`)
  console.log(`${seconds.toFixed(1)} s, at most ${peakMegabytes()} MB of memory`)
  for (const { what, expected, found } of checks.filter(({ ok }) => !ok))
    console.error(`DOES NOT AGREE: ${what}: ${expected} there, ${found} here`)
  if (checks.every(({ ok }) => ok)) console.log(`All ${checks.length} sums agree.`)
}

const points = (micro: bigint) => {
  const digits = (micro < 0n ? -micro : micro).toString().padStart(7, "0")
  return `${micro < 0n ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`
}

/** The kernel counts in kilobytes. */
const peakMegabytes = () => Math.round(process.resourceUsage().maxRSS / 1_024)
