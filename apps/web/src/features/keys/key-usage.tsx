import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatCount, formatPoints } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { ErrorState } from "../../ui/error-state.tsx"
import { Segmented } from "../../ui/segmented.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { Table, Td, Th } from "../../ui/table.tsx"
import { UsageBars } from "./usage-bars.tsx"

const spans = ["7", "30", "90"] as const
type Span = (typeof spans)[number]

/** What a key was used for: day by day, and by model. */
export function KeyUsage({ id }: { id: string }) {
  const { t } = useTranslation("keys")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const [span, setSpan] = useState<Span>("30")
  const days = Number(span)
  const utcOffset = -new Date().getTimezoneOffset()
  const usage = trpc.apiKey.usage.useQuery({ id, days, utcOffset })

  return (
    <section aria-label={t("usage")} className="mt-10">
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <h2 className="grow font-semibold text-base">{t("usage")}</h2>
        <Segmented
          label={t("usage.span")}
          value={span}
          onChange={setSpan}
          options={spans.map((value) => ({
            value,
            label: t("usage.days", { count: Number(value) }),
          }))}
        />
      </div>
      {usage.isPending && <Skeleton className="h-56 w-full" />}
      {usage.error && (
        <ErrorState
          title={sentence(usage.error)}
          retryLabel={words("common.retry")}
          onRetry={() => void usage.refetch()}
        />
      )}
      {usage.data &&
        (usage.data.byDay.length === 0 ? (
          <p className="rounded-lg bg-panel px-5 py-8 text-center text-muted text-sm">
            {t("usage.none")}
          </p>
        ) : (
          <>
            <UsageBars byDay={usage.data.byDay} days={days} />
            <div className="mt-8">
              <UsageTable
                caption={t("usage.model")}
                rows={usage.data.byModel.map(({ model, ...used }) => ({ name: model, ...used }))}
              />
            </div>
          </>
        ))}
    </section>
  )
}

type Row = { name: string; requests: number; tokens: number; charge: number }

function UsageTable({ caption, rows }: { caption: string; rows: readonly Row[] }) {
  const { t } = useTranslation("keys")
  return (
    <Table>
      <thead>
        <tr>
          <Th>{caption}</Th>
          <Th className="text-right">{t("usage.requests")}</Th>
          <Th className="text-right">{t("usage.tokens")}</Th>
          <Th className="text-right">{t("usage.points")}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, requests, tokens, charge }) => (
          <tr key={name}>
            <Td className="max-w-40 truncate font-mono text-xs">{name}</Td>
            <Td className="text-right">{formatCount(requests)}</Td>
            <Td className="text-right">{formatCount(tokens)}</Td>
            <Td className="text-right">{formatPoints(charge)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
