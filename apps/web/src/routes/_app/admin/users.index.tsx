import { createFileRoute } from "@tanstack/react-router"
import { UserPlus } from "lucide-react"
import { useCallback, useState } from "react"
import { useTranslation } from "react-i18next"
import { CreateUser } from "../../../features/admin-users/create-user.tsx"
import {
  type Order,
  orders,
  type Show,
  shows,
  UserFilter,
} from "../../../features/admin-users/user-filter.tsx"
import { UserList } from "../../../features/admin-users/user-list.tsx"
import { UserSearch } from "../../../features/admin-users/user-search.tsx"
import { AdminTitle } from "../../../features/shell/admin-title.tsx"
import { Button } from "../../../ui/button.tsx"

type Search = { q?: string; order?: Order; show?: Show }

export const Route = createFileRoute("/_app/admin/users/")({
  validateSearch: ({ q, order, show }: Record<string, unknown>): Search => ({
    ...(typeof q === "string" && q && { q }),
    ...knownOf("order", orders, order),
    ...knownOf("show", shows, show),
  }),
  component: UsersPage,
})

/** What somebody typed into the address counts only when it is one of ours. */
function knownOf<Key extends string, Value extends string>(
  key: Key,
  known: readonly Value[],
  value: unknown,
) {
  const found = known.find((one) => one === value)
  return found === undefined ? {} : ({ [key]: found } as Record<Key, Value>)
}

function UsersPage() {
  const { t } = useTranslation("admin")
  const { t: people } = useTranslation("people")
  const { q = "", order = "created", show = "all" } = Route.useSearch()
  const navigate = Route.useNavigate()
  const [creating, setCreating] = useState(false)
  const change = useCallback(
    (next: Search) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true }),
    [navigate],
  )
  const search = useCallback((text: string) => change({ q: text || undefined } as Search), [change])
  return (
    <>
      <AdminTitle
        title={t("users.title")}
        text={t("users.text")}
        action={
          <Button icon={<UserPlus className="size-4" />} onClick={() => setCreating(true)}>
            {people("create")}
          </Button>
        }
      />
      <div className="mb-4 grid gap-3 sm:grid-cols-[1fr_auto_auto]">
        <UserSearch search={q} onSearch={search} />
        <UserFilter order={order} show={show} onChange={change} />
      </div>
      <UserList search={q} order={order} show={show} />
      {creating && <CreateUser onClose={() => setCreating(false)} />}
    </>
  )
}
