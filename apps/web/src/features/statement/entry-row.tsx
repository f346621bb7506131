import type { SiteStatementEntry, StatementEntry } from "@nio/server/contract"
import { ChevronRight } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { formatCount, formatDateTime, formatPoints, formatPointsExactly } from "../../lib/format.ts"
import { Badge } from "../../ui/badge.tsx"
import { Formula } from "./formula.tsx"

type Entry = StatementEntry &
  Partial<Pick<SiteStatementEntry, "user" | "channel" | "cost" | "margin">>

/** A movement on a line; what made it so much unfolds below. */
export function EntryRow({ entry }: { entry: Entry }) {
  const { t } = useTranslation("money")
  const { answer, points } = entry
  return (
    <li className="border-line border-b">
      <details className="group">
        <summary className="flex cursor-pointer list-none items-center gap-3 py-2.5 text-sm hover:bg-hover">
          <ChevronRight
            aria-hidden="true"
            className="size-4 shrink-0 text-muted transition-transform duration-100 group-open:rotate-90"
          />
          <span className="min-w-0 grow">
            <span className="flex items-center gap-2">
              <span className="truncate font-medium">
                {answer ? answer.model : t(`cause.${entry.cause}`)}
              </span>
              {answer?.planItem != null && <Badge tone="info">{t("badge.plan")}</Badge>}
              {answer && answer.outcome !== "done" && (
                <Badge tone="warning">{t(`outcome.${answer.outcome}`)}</Badge>
              )}
            </span>
            <span className="block truncate text-muted text-xs">
              {[entry.user?.name, formatDateTime(entry.at), answer?.key?.name, entry.reason]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </span>
          <span
            className={`shrink-0 whitespace-nowrap tabular-nums ${points > 0 ? "text-success" : ""}`}
            title={formatPointsExactly(points)}
          >
            {points > 0 && "+"}
            {formatPoints(points)}
          </span>
        </summary>
        <div className="mb-3 grid gap-4 rounded-md bg-panel px-4 py-3 text-xs sm:ml-7 sm:grid-cols-2">
          {answer ? (
            <>
              <Formula answer={answer} taken={-points} />
              <Facts entry={entry} answer={answer} />
            </>
          ) : (
            <dl className="grid gap-1 sm:col-span-2">
              <Fact name={t("fact.exactly")}>{formatPointsExactly(points)}</Fact>
              {entry.reason && <Fact name={t("fact.reason")}>{entry.reason}</Fact>}
              <Fact name={t("fact.id")}>{entry.id}</Fact>
            </dl>
          )}
        </div>
      </details>
    </li>
  )
}

function Facts({ entry, answer }: { entry: Entry; answer: NonNullable<Entry["answer"]> }) {
  const { t } = useTranslation("money")
  const counts = [
    ["cachedInput", answer.cachedTokens],
    ["cacheWrite", answer.cacheWriteTokens],
    ["reasoning", answer.reasoningTokens],
    ["image", answer.images],
    ["second", answer.seconds],
  ] as const
  return (
    <dl className="grid content-start gap-1">
      <Fact name={t("fact.tokens")}>
        {formatCount(answer.inputTokens)} / {formatCount(answer.outputTokens)}
      </Fact>
      {counts
        .filter(([, count]) => count > 0)
        .map(([what, count]) => (
          <Fact key={what} name={t(`what.${what}`)}>
            {formatCount(count)}
          </Fact>
        ))}
      <Fact name={t("fact.counted")}>{t(countedBy(answer.usageFrom))}</Fact>
      {entry.channel != null && <Fact name={t("fact.channel")}>{entry.channel}</Fact>}
      {entry.cost !== undefined && (
        <>
          <Fact name={t("fact.cost")}>{formatPointsExactly(entry.cost)}</Fact>
          <Fact name={t("fact.margin")}>{formatPointsExactly(entry.margin ?? 0)}</Fact>
        </>
      )}
      <Fact name={t("fact.id")}>{entry.id}</Fact>
    </dl>
  )
}

const countedBy = (by: string) =>
  by === "upstream" || by === "counted" || by === "cache"
    ? (`counted.${by}` as const)
    : "counted.none"

const Fact = (props: { name: string; children: ReactNode }) => (
  <div className="flex justify-between gap-6">
    <dt className="shrink-0 text-muted">{props.name}</dt>
    <dd className="min-w-0 text-right tabular-nums [overflow-wrap:anywhere]">{props.children}</dd>
  </div>
)
