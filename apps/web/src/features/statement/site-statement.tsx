import { trpc } from "../../lib/trpc.ts"
import { EntryList } from "./entry-list.tsx"
import { fileOf, useFilter } from "./filter.ts"
import { FilterBar } from "./filter-bar.tsx"
import { Sums } from "./sums.tsx"

const pageEntries = 50
const getNextPageParam = (page: { next: string | null }) => page.next ?? undefined

/** Everybody's points, or one person's, with what is the operator's to know. */
export function SiteStatement({ userId }: { userId?: string }) {
  const chosen = useFilter()
  const filter = { ...chosen.filter, ...(userId && { userId }) }
  const { from, until } = filter
  const utcOffset = -new Date().getTimezoneOffset()
  const whose = userId ? { userId } : {}
  const sums = trpc.statement.siteTotals.useQuery({ from, until, utcOffset, ...whose })
  const list = trpc.statement.listSite.useInfiniteQuery(
    { ...filter, limit: pageEntries },
    { getNextPageParam },
  )
  return (
    <>
      {sums.data && <Sums sums={sums.data} />}
      <FilterBar
        filter={chosen}
        sums={sums.data}
        fileHref={fileOf("/files/site-statement.csv", filter)}
      />
      <EntryList list={list} />
    </>
  )
}
