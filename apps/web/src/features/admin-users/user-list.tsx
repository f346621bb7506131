import type { UserView } from "@nio/server/contract"
import { keepPreviousData } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Users } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDate, formatPoints, formatPointsExactly } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { Table, Td, Th } from "../../ui/table.tsx"
import { AddPoints } from "./add-points.tsx"
import type { Order, Show } from "./user-filter.tsx"

const pageUsers = 50
const skeletons = ["a", "b", "c", "d", "e"]

export function UserList(props: { search: string; order: Order; show: Show }) {
  const { search, order, show } = props
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const users = trpc.user.list.useInfiniteQuery(
    { limit: pageUsers, order, show, ...(search && { search }) },
    { getNextPageParam: (page) => page.next ?? undefined, placeholderData: keepPreviousData },
  )

  if (users.error)
    return (
      <ErrorState
        title={sentence(users.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void users.refetch()}
      />
    )
  if (users.isPending) return <ListSkeleton />
  const found = users.data.pages.flatMap(({ items }) => items)
  if (found.length === 0)
    return (
      <EmptyState
        icon={<Users className="size-5" />}
        title={t(search ? "users.none.title" : show === "all" ? "users.empty" : "users.none.here", {
          search,
        })}
      >
        {t("users.none.text")}
      </EmptyState>
    )
  return (
    <div
      className={`transition-opacity duration-150 ${users.isPlaceholderData ? "opacity-60" : ""}`}
      aria-busy={users.isPlaceholderData}
    >
      <Table>
        <thead>
          <tr>
            <Th>{t("users.name")}</Th>
            <Th className="hidden sm:table-cell">{t("users.state")}</Th>
            <Th className="text-right">{t("users.points")}</Th>
            <Th className="hidden sm:table-cell">{t("users.created")}</Th>
            <Th>
              <span className="sr-only">{t("users.actions")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {found.map((user) => (
            <UserRow key={user.id} user={user} />
          ))}
        </tbody>
      </Table>
      {users.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={users.isFetchingNextPage} onClick={() => void users.fetchNextPage()}>
            {t("users.more")}
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
        <Skeleton className="h-4 w-32" />
        <span className="grow" />
        <Skeleton className="h-4 w-20" />
        <Skeleton className="h-8 w-24 rounded-md" />
      </div>
    ))}
  </div>
)

function UserRow({ user }: { user: UserView }) {
  const { t } = useTranslation("admin")
  const [adding, setAdding] = useState(false)
  return (
    <tr>
      <Td className="w-full max-w-0">
        <span className="flex items-center gap-2">
          <Link
            to="/admin/users/$id"
            params={{ id: user.id }}
            className="truncate font-medium hover:underline"
          >
            {user.name}
          </Link>
          {user.role === "admin" && <Badge tone="accent">{t("users.admin")}</Badge>}
          {user.state === "banned" && (
            <span className="sm:hidden">
              <Badge tone="danger">{t("users.banned")}</Badge>
            </span>
          )}
        </span>
        {user.email && <span className="block truncate text-muted text-xs">{user.email}</span>}
      </Td>
      <Td className="hidden sm:table-cell">
        <Badge tone={user.state === "banned" ? "danger" : "success"}>
          {t(`users.${user.state}`)}
        </Badge>
      </Td>
      <Td className="whitespace-nowrap text-right">
        <span title={formatPointsExactly(user.available)}>{formatPoints(user.available)}</span>
        {user.held > 0 && (
          <span className="block text-muted text-xs">
            {t("users.held", { points: formatPoints(user.held) })}
          </span>
        )}
      </Td>
      <Td className="hidden whitespace-nowrap text-muted sm:table-cell">
        {formatDate(user.createdAt)}
      </Td>
      <Td className="w-0 whitespace-nowrap text-right">
        <Button
          size="sm"
          aria-label={t("users.addPoints.title", { name: user.name })}
          onClick={() => setAdding(true)}
        >
          {t("users.addPoints")}
        </Button>
        {adding && <AddPoints user={user} onClose={() => setAdding(false)} />}
      </Td>
    </tr>
  )
}
