import { createFileRoute } from "@tanstack/react-router"
import { useCallback } from "react"
import { useTranslation } from "react-i18next"
import { UserList } from "../../../features/admin-users/user-list.tsx"
import { UserSearch } from "../../../features/admin-users/user-search.tsx"
import { AdminTitle } from "../../../features/shell/admin-title.tsx"

export const Route = createFileRoute("/_app/admin/users")({
  validateSearch: ({ q }: Record<string, unknown>): { q?: string } =>
    typeof q === "string" && q ? { q } : {},
  component: UsersPage,
})

function UsersPage() {
  const { t } = useTranslation("admin")
  const { q = "" } = Route.useSearch()
  const navigate = Route.useNavigate()
  const search = useCallback(
    (text: string) => void navigate({ search: text ? { q: text } : {}, replace: true }),
    [navigate],
  )
  return (
    <>
      <AdminTitle title={t("users.title")} text={t("users.text")} />
      <UserSearch search={q} onSearch={search} />
      <UserList search={q} />
    </>
  )
}
