import { trpc } from "../../lib/trpc.ts"
import { EntryList } from "./entry-list.tsx"
import { fileOf, useFilter } from "./filter.ts"
import { FilterBar } from "./filter-bar.tsx"
import { Sums } from "./sums.tsx"

const pageEntries = 50
const getNextPageParam = (page: { next: string | null }) => page.next ?? undefined

/** Where one's points came from and went to. */
export function OwnStatement() {
  const chosen = useFilter()
  const { filter } = chosen
  const { from, until } = filter
  const utcOffset = -new Date().getTimezoneOffset()
  const sums = trpc.statement.totals.useQuery({ from, until, utcOffset })
  const list = trpc.statement.list.useInfiniteQuery(
    { ...filter, limit: pageEntries },
    { getNextPageParam },
  )
  return (
    <>
      {sums.data && <Sums sums={sums.data} />}
      <FilterBar
        filter={chosen}
        sums={sums.data}
        fileHref={fileOf("/files/statement.csv", filter)}
      />
      <EntryList list={list} />
    </>
  )
}
