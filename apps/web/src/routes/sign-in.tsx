import { createFileRoute, redirect, useRouter } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { TryIt } from "../features/chat/visitor/try-it.tsx"
import { Door } from "../features/session/door.tsx"
import { SignInForm } from "../features/session/sign-in-form.tsx"
import { ownPath } from "../lib/redirect.ts"

export const Route = createFileRoute("/sign-in")({
  validateSearch: (search): { redirect?: string } =>
    search.redirect ? { redirect: ownPath(search.redirect) } : {},
  beforeLoad({ context, search }) {
    if (context.session.user) throw redirect({ href: search.redirect ?? "/" })
  },
  component: SignInPage,
})

function SignInPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const { session } = Route.useRouteContext()
  return (
    <Door site={session.site.title} title={t("signIn.title")}>
      <SignInForm onSignedIn={() => void router.invalidate()} />
      {session.site.visitors && <TryIt />}
    </Door>
  )
}
