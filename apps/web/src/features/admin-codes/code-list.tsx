import { keepPreviousData } from "@tanstack/react-query"
import { Ticket } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { Table, Th } from "../../ui/table.tsx"
import { CodeRow } from "./code-row.tsx"
import { askedFor, type CodeFilter } from "./filter.ts"

const pageCodes = 50
const skeletons = ["a", "b", "c", "d", "e"]

export function CodeList({ filter }: { filter: CodeFilter }) {
  const { t } = useTranslation("codes")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const codes = trpc.code.list.useInfiniteQuery(
    { limit: pageCodes, ...askedFor(filter) },
    { getNextPageParam: (page) => page.next ?? undefined, placeholderData: keepPreviousData },
  )

  if (codes.error)
    return (
      <ErrorState
        title={sentence(codes.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void codes.refetch()}
      />
    )
  if (codes.isPending) return <ListSkeleton />
  const found = codes.data.pages.flatMap(({ items }) => items)
  const filtered = Boolean(filter.q || filter.state || filter.batch)
  if (found.length === 0)
    return (
      <EmptyState
        icon={<Ticket className="size-5" />}
        title={t(filtered ? "none.title" : "empty.title")}
      >
        {t(filtered ? "none.text" : "empty.text")}
      </EmptyState>
    )
  return (
    <div
      className={`transition-opacity duration-150 ${codes.isPlaceholderData ? "opacity-60" : ""}`}
      aria-busy={codes.isPlaceholderData}
    >
      <Table>
        <thead>
          <tr>
            <Th>{t("code")}</Th>
            <Th className="text-right">{t("points")}</Th>
            <Th className="hidden sm:table-cell">{t("state")}</Th>
            <Th className="hidden lg:table-cell">{t("batch")}</Th>
            <Th className="hidden lg:table-cell">{t("created")}</Th>
            <Th>
              <span className="sr-only">{t("actions")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {found.map((code) => (
            <CodeRow key={code.id} code={code} />
          ))}
        </tbody>
      </Table>
      {codes.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={codes.isFetchingNextPage} onClick={() => void codes.fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
    </div>
  )
}

const ListSkeleton = () => (
  <div className="divide-y divide-line border-line border-b pt-9">
    {skeletons.map((key) => (
      <div key={key} className="flex h-13 items-center gap-6">
        <Skeleton className="h-4 w-56" />
        <span className="grow" />
        <Skeleton className="h-4 w-16" />
      </div>
    ))}
  </div>
)
