import type { ImportStatus } from "@nio/server/contract"
import { PackageOpen } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { FoundTables } from "./found-tables.tsx"
import { ImportOutcome } from "./import-outcome.tsx"
import { ImportProgress } from "./import-progress.tsx"
import { StartImport } from "./start-import.tsx"

const lookMs = 1_000

const isUnderWay = (status: ImportStatus | null | undefined) =>
  status?.state === "running" || status?.preview?.state === "running"

/** What another installation left in the database, and how far its import is. */
export function ImportPage() {
  const { t } = useTranslation("takeover")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const status = trpc.import.status.useQuery(undefined, {
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? lookMs : false),
  })

  if (status.error)
    return (
      <ErrorState
        title={sentence(status.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void status.refetch()}
      />
    )
  if (status.isPending) return <Skeleton className="h-64 w-full rounded-md" />
  if (!status.data)
    return (
      <EmptyState icon={<PackageOpen className="size-5" />} title={t("none.title")}>
        {t("none.text")}
      </EmptyState>
    )
  return (
    <div className="grid gap-10">
      <ImportProgress status={status.data} />
      <ImportOutcome status={status.data} />
      <StartImport status={status.data} />
      <FoundTables status={status.data} />
    </div>
  )
}
