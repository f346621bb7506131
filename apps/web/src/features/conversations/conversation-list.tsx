import { useNavigate } from "@tanstack/react-router"
import { Search, SquarePen, X } from "lucide-react"
import { useDeferredValue, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { keyLabel } from "../../lib/shortcuts.ts"
import { drawerOpen, isWide, sidebarShown } from "../../lib/sidebar.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { ConversationRows } from "./conversation-rows.tsx"

const searchId = "conversation-search"
const pageSize = 50

/** Brings the sidebar into sight first, when it is away. */
export function focusSearch() {
  if (isWide()) sidebarShown.set(true)
  else drawerOpen.set(true)
  requestAnimationFrame(() => document.getElementById(searchId)?.focus())
}

export function ConversationList() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search, setSearch] = useState("")

  return (
    <nav aria-label={t("list.label")} className="flex min-h-0 grow flex-col">
      <div className="grid gap-2 px-2 pb-2">
        <button
          type="button"
          title={keyLabel("mod+shift+o")}
          onClick={() => {
            drawerOpen.set(false)
            void navigate({ to: "/" })
          }}
          className="flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium text-sm transition-colors duration-100 hover:bg-hover"
        >
          <SquarePen className="size-4 text-accent" />
          {t("shell.newChat")}
        </button>
        <div className="relative">
          <Search className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-4 text-muted" />
          <input
            id={searchId}
            type="search"
            aria-label={t("list.search")}
            placeholder={t("list.search")}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && setSearch("")}
            className="h-9 w-full rounded-md bg-hover pr-9 pl-9 text-base placeholder:text-muted md:text-sm [&::-webkit-search-cancel-button]:hidden"
          />
          {search && (
            <IconButton
              size="sm"
              label={t("list.search.clear")}
              className="absolute top-1 right-1"
              onClick={() => setSearch("")}
            >
              <X className="size-4" />
            </IconButton>
          )}
        </div>
      </div>
      <Results search={useDeferredValue(search.trim())} />
    </nav>
  )
}

function Results({ search }: { search: string }) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const list = trpc.conversation.list.useInfiniteQuery(
    { limit: pageSize, ...(search && { search }) },
    { getNextPageParam: (page) => page.next ?? undefined, placeholderData: (before) => before },
  )

  if (list.isPending)
    return (
      <div className="grid gap-3.5 px-4.5 pt-4">
        {["w-4/5", "w-3/5", "w-11/12", "w-2/3"].map((width) => (
          <Skeleton key={width} className={`h-3.5 ${width}`} />
        ))}
      </div>
    )
  if (list.error)
    return (
      <div role="alert" className="px-4.5 pt-4 text-sm">
        <p className="font-medium">{t("list.failed")}</p>
        <p className="mt-0.5 mb-3 text-muted">{sentence(list.error)}</p>
        <Button size="sm" onClick={() => void list.refetch()}>
          {t("common.retry")}
        </Button>
      </div>
    )
  const items = list.data.pages.flatMap((page) => page.items)
  if (items.length === 0)
    return (
      <p className="px-4.5 pt-4 text-muted text-sm">
        {search ? t("list.noMatch", { search }) : t("list.empty")}
      </p>
    )
  return (
    <ConversationRows
      items={items}
      onEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
    />
  )
}
