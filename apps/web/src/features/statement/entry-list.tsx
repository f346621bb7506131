import { ReceiptText } from "lucide-react"
import { type ComponentProps, Fragment } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { Button } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { EntryRow } from "./entry-row.tsx"

type Entry = ComponentProps<typeof EntryRow>["entry"]

/** Pages of a statement as they were asked for. */
export function EntryList(props: {
  list: {
    data: { pages: { items: Entry[] }[] } | undefined
    error: unknown
    isPending: boolean
    hasNextPage: boolean
    isFetchingNextPage: boolean
    refetch: () => unknown
    fetchNextPage: () => unknown
  }
}) {
  const { t } = useTranslation("money")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const { list } = props

  if (list.error)
    return (
      <ErrorState
        title={sentence(list.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void list.refetch()}
      />
    )
  if (list.isPending) return <Skeleton className="h-64 w-full" />
  const entries = list.data?.pages ?? []
  if (entries.every(({ items }) => items.length === 0))
    return (
      <EmptyState icon={<ReceiptText className="size-5" />} title={t("none.title")}>
        {t("none.text")}
      </EmptyState>
    )
  return (
    <>
      <ul className="border-line border-t">
        {entries.map(({ items }, page) => (
          <Fragment key={items[0]?.id ?? page}>
            {items.map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </Fragment>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
    </>
  )
}
