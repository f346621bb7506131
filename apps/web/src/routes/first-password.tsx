import { createFileRoute, redirect, useRouter } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Door } from "../features/session/door.tsx"
import { PasswordForm } from "../features/session/password-form.tsx"
import { ownPath } from "../lib/redirect.ts"

export const Route = createFileRoute("/first-password")({
  validateSearch: (search): { redirect?: string } =>
    search.redirect ? { redirect: ownPath(search.redirect) } : {},
  beforeLoad({ context, search }) {
    if (!context.session.user?.passwordExpired) throw redirect({ href: search.redirect ?? "/" })
  },
  component: FirstPasswordPage,
})

function FirstPasswordPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const { session } = Route.useRouteContext()
  return (
    <Door site={session.site.title} title={t("firstPassword.title")} text={t("firstPassword.text")}>
      <PasswordForm first onSaved={() => void router.invalidate()} />
    </Door>
  )
}
