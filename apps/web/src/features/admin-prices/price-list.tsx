import type { PriceView } from "@nio/server/contract"
import { Tag } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { useWide } from "../../lib/sidebar.ts"
import { trpc } from "../../lib/trpc.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { PriceCards } from "./price-cards.tsx"
import { PriceTable } from "./price-table.tsx"

const skeletons = ["a", "b", "c", "d"]

export type PriceListProps = {
  prices: readonly PriceView[]
  onEdit: (price: PriceView) => void
}

/** All rules, in the order in which they are looked up. */
export function PriceList({ onEdit }: Pick<PriceListProps, "onEdit">) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const wide = useWide()
  const prices = trpc.price.list.useQuery()

  if (prices.error)
    return (
      <ErrorState
        title={sentence(prices.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void prices.refetch()}
      />
    )
  if (prices.isPending) return <ListSkeleton />
  if (prices.data.length === 0)
    return (
      <EmptyState icon={<Tag className="size-5" />} title={t("prices.empty.title")}>
        {t("prices.empty.text")}
      </EmptyState>
    )
  const List = wide ? PriceTable : PriceCards
  return <List prices={prices.data} onEdit={onEdit} />
}

const ListSkeleton = () => (
  <div className="divide-y divide-line border-line border-b md:pt-9">
    {skeletons.map((key) => (
      <div key={key} className="flex h-15 items-center gap-4 max-md:h-26">
        <Skeleton className="size-4" />
        <Skeleton className="h-5 w-56" />
        <span className="grow" />
        <Skeleton className="hidden h-4 w-40 md:block" />
      </div>
    ))}
  </div>
)
