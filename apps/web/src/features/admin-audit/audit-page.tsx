import { keepPreviousData } from "@tanstack/react-query"
import { ScrollText } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { AuditEntry } from "./audit-entry.tsx"
import { AuditFilters } from "./audit-filters.tsx"
import { type AuditFilter, askedFor } from "./filter.ts"

const pageEntries = 50
const skeletons = ["a", "b", "c", "d", "e"]

export function AuditPage(props: { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }) {
  return (
    <>
      <AuditFilters {...props} />
      <AuditList filter={props.filter} />
    </>
  )
}

function AuditList({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation("audit")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const asked = askedFor(filter)
  const lines = trpc.audit.list.useInfiniteQuery(
    { limit: pageEntries, ...asked },
    { getNextPageParam: (page) => page.next ?? undefined, placeholderData: keepPreviousData },
  )

  if (lines.error)
    return (
      <ErrorState
        title={sentence(lines.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void lines.refetch()}
      />
    )
  if (lines.isPending) return <ListSkeleton />
  const found = lines.data.pages.flatMap(({ items }) => items)
  const filtered = Object.keys(asked).length > 0
  if (found.length === 0)
    return (
      <EmptyState
        icon={<ScrollText className="size-5" />}
        title={t(filtered ? "none.title" : "empty.title")}
      >
        {t(filtered ? "none.text" : "empty.text")}
      </EmptyState>
    )
  return (
    <div
      className={`transition-opacity duration-150 ${lines.isPlaceholderData ? "opacity-60" : ""}`}
      aria-busy={lines.isPlaceholderData}
    >
      <ol className="divide-y divide-line border-line border-y">
        {found.map((entry) => (
          <AuditEntry key={entry.id} entry={entry} />
        ))}
      </ol>
      {lines.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
    </div>
  )
}

const ListSkeleton = () => (
  <div className="divide-y divide-line border-line border-y">
    {skeletons.map((key) => (
      <div key={key} className="flex h-16 items-center gap-6">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-4 w-64" />
      </div>
    ))}
  </div>
)
