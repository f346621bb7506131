import type { AuditView } from "@nio/server/contract"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { formatDateTime } from "../../lib/format.ts"
import { type Difference, differencesOf } from "./differences.ts"

/** More than these are shown when asked for. */
const shownAtFirst = 4

export function AuditEntry({ entry }: { entry: AuditView }) {
  const { t } = useTranslation("audit")
  const [whole, setWhole] = useState(false)
  const differences = differencesOf(entry.before, entry.after)
  const shown = whole ? differences : differences.slice(0, shownAtFirst)
  const left = differences.length - shown.length
  return (
    <li className="grid gap-2 py-4 md:grid-cols-[14rem_1fr] md:gap-6">
      <div className="text-sm">
        <p className="font-medium">{entry.actor ?? t("actor.none")}</p>
        <time dateTime={new Date(entry.at).toISOString()} className="text-muted text-xs">
          {formatDateTime(entry.at)}
        </time>
      </div>
      <div className="min-w-0">
        <p className="text-sm">
          <code className="rounded-sm bg-panel px-1.5 py-0.5 font-mono text-xs">{entry.act}</code>{" "}
          <span title={entry.targetId} className="[overflow-wrap:anywhere]">
            {entry.target ?? entry.targetId}
          </span>
        </p>
        {shown.length > 0 && (
          <dl className="mt-2 grid gap-1.5 text-xs">
            {shown.map((difference) => (
              <Change key={difference.path} {...difference} />
            ))}
          </dl>
        )}
        {left > 0 && (
          <button
            type="button"
            className="mt-2 text-muted text-xs underline hover:text-ink"
            onClick={() => setWhole(true)}
          >
            {t("fields", { count: left })}
          </button>
        )}
      </div>
    </li>
  )
}

const value = "rounded-sm px-1 [overflow-wrap:anywhere]"

const Change = ({ path, before, after }: Difference) => (
  <div className="grid gap-x-3 sm:grid-cols-[10rem_1fr]">
    <dt className="text-muted [overflow-wrap:anywhere]">{path}</dt>
    <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2 font-mono">
      {before !== undefined && (
        <del className={`${value} bg-danger-soft text-ink`}>{before || "\u00a0"}</del>
      )}
      {after !== undefined && (
        <ins className={`${value} bg-success-soft text-ink no-underline`}>{after || "\u00a0"}</ins>
      )}
    </dd>
  </div>
)
