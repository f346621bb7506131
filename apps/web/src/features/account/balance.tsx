import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatPoints, formatPointsExactly } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { buttonClass } from "../../ui/button.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Section } from "../../ui/section.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"

export function Balance({ buyLink }: { buyLink: string }) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const balance = trpc.account.balance.useQuery()

  if (balance.error)
    return (
      <ErrorState
        title={sentence(balance.error)}
        retryLabel={t("common.retry")}
        onRetry={() => void balance.refetch()}
      />
    )
  return (
    <Section title={t("account.balance")}>
      <div className="flex flex-wrap items-center gap-x-10 gap-y-4 rounded-lg bg-panel px-5 py-4">
        <div className="grow">
          <p className="text-muted text-xs">{t("account.balance.available")}</p>
          {balance.data ? (
            <p
              className="mt-0.5 font-semibold text-xl tabular-nums"
              title={formatPointsExactly(balance.data.available)}
            >
              {formatPoints(balance.data.available)}{" "}
              <span className="font-normal text-muted text-sm">{t("account.balance.points")}</span>
            </p>
          ) : (
            <Skeleton className="my-1.5 h-6 w-28" />
          )}
          {balance.data && balance.data.held > 0 && (
            <p className="mt-1 text-muted text-xs tabular-nums">
              {t("account.balance.held")}: {formatPoints(balance.data.held)}
            </p>
          )}
        </div>
        {buyLink && (
          <a
            href={buyLink}
            target="_blank"
            rel="noopener noreferrer"
            className={buttonClass("primary", "md")}
          >
            {t("account.balance.buy")}
          </a>
        )}
      </div>
    </Section>
  )
}
