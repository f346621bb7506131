import { createFileRoute, redirect, useNavigate } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Door } from "../features/session/door.tsx"
import { DoorLink, DoorLinks } from "../features/session/door-links.tsx"
import { ResetForm } from "../features/session/reset-form.tsx"
import { ownPath } from "../lib/redirect.ts"
import { toast } from "../ui/toast.tsx"

export const Route = createFileRoute("/reset-password")({
  validateSearch: (search): { redirect?: string } =>
    search.redirect ? { redirect: ownPath(search.redirect) } : {},
  beforeLoad({ context, search }) {
    if (context.session.user) throw redirect({ href: search.redirect ?? "/" })
  },
  component: ResetPage,
})

function ResetPage() {
  const { t } = useTranslation("account")
  const navigate = useNavigate()
  const search = Route.useSearch()
  const { site } = Route.useRouteContext().session

  return (
    <Door
      site={site.title}
      title={t("reset.title")}
      text={t(site.mail ? "reset.text" : "reset.off")}
    >
      {site.mail ? (
        <ResetForm
          onDone={(name) => {
            toast.success(t("reset.done"))
            void navigate({ to: "/sign-in", search: { ...search, name } })
          }}
        />
      ) : (
        site.contact && <p className="text-sm [overflow-wrap:anywhere]">{site.contact}</p>
      )}
      <DoorLinks>
        <DoorLink to="/sign-in" search={search}>
          {t("register.signIn")}
        </DoorLink>
      </DoorLinks>
    </Door>
  )
}
