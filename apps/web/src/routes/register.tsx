import { createFileRoute, redirect, useRouter } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Door } from "../features/session/door.tsx"
import { DoorLink, DoorLinks } from "../features/session/door-links.tsx"
import { RegisterForm } from "../features/session/register-form.tsx"
import { ownPath } from "../lib/redirect.ts"

export const Route = createFileRoute("/register")({
  validateSearch: (search): { redirect?: string } =>
    search.redirect ? { redirect: ownPath(search.redirect) } : {},
  beforeLoad({ context, search }) {
    if (context.session.user) throw redirect({ href: search.redirect ?? "/" })
  },
  component: RegisterPage,
})

function RegisterPage() {
  const { t } = useTranslation("account")
  const router = useRouter()
  const search = Route.useSearch()
  const { site } = Route.useRouteContext().session
  const closed = site.register === "closed"

  return (
    <Door
      site={site.title}
      title={t(closed ? "register.closed" : "register.title")}
      {...(closed && { text: t("register.closed.text") })}
    >
      {closed ? (
        site.contact && <p className="text-sm [overflow-wrap:anywhere]">{site.contact}</p>
      ) : (
        <RegisterForm byMail={site.mail} onDone={() => void router.invalidate()} />
      )}
      <DoorLinks>
        <DoorLink to="/sign-in" search={search}>
          {t("register.signIn")}
        </DoorLink>
      </DoorLinks>
    </Door>
  )
}
