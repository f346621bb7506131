import type { ChannelView } from "@nio/server/contract"
import { Cable } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { useWide } from "../../lib/sidebar.ts"
import { trpc } from "../../lib/trpc.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { BulkBar } from "./bulk-bar.tsx"
import { ChannelCards } from "./channel-cards.tsx"
import { ChannelTable } from "./channel-table.tsx"
import { NewChannel } from "./new-channel.tsx"
import { TestChannel } from "./test-channel.tsx"
import { useHealth } from "./use-health.ts"

const skeletons = ["a", "b", "c"]

/** All channels, in the order in which they are tried. */
export function ChannelList() {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const wide = useWide()
  const channels = trpc.channel.list.useQuery()
  const providers = trpc.channel.providers.useQuery()
  const health = useHealth()
  const [tested, setTested] = useState<ChannelView>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())

  if (channels.error)
    return (
      <ErrorState
        title={sentence(channels.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void channels.refetch()}
      />
    )
  if (channels.isPending) return <ListSkeleton />
  if (channels.data.length === 0)
    return (
      <EmptyState
        icon={<Cable className="size-5" />}
        title={t("channels.empty.title")}
        action={<NewChannel />}
      >
        {t("channels.empty.text")}
      </EmptyState>
    )
  function choose(ids: readonly string[], on: boolean) {
    const next = new Set(chosen)
    for (const id of ids) {
      if (on) next.add(id)
      else next.delete(id)
    }
    setChosen(next)
  }

  const List = wide ? ChannelTable : ChannelCards
  const marked = channels.data.filter(({ id }) => chosen.has(id))
  return (
    <>
      <List
        channels={channels.data.toSorted((a, b) => b.priority - a.priority)}
        providers={providers.data}
        health={health}
        chosen={chosen}
        onChoose={choose}
        onTest={setTested}
      />
      {marked.length > 0 && <BulkBar chosen={marked} onDone={() => setChosen(new Set())} />}
      {tested && <TestChannel channel={tested} onClose={() => setTested(undefined)} />}
    </>
  )
}

const ListSkeleton = () => (
  <div className="divide-y divide-line border-line border-b md:pt-9">
    {skeletons.map((key) => (
      <div key={key} className="flex h-15 items-center gap-4 max-md:h-32">
        <Skeleton className="h-5 w-9 rounded-full" />
        <div className="grid grow gap-2">
          <Skeleton className="h-4 w-32" />
          <Skeleton className="h-3 w-48" />
        </div>
        <Skeleton className="hidden h-4 w-40 md:block" />
      </div>
    ))}
  </div>
)
