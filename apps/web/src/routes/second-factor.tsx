import { createFileRoute, redirect, useRouter } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { RequiredFactor } from "../features/factors/required-factor.tsx"
import { Door } from "../features/session/door.tsx"
import { useSignOut } from "../features/shell/use-sign-out.ts"
import { ownPath } from "../lib/redirect.ts"
import { trpc } from "../lib/trpc.ts"
import { Button } from "../ui/button.tsx"

/** Where somebody is led who has yet to set up the second factor the site wants. */
export const Route = createFileRoute("/second-factor")({
  validateSearch: (search): { redirect?: string } =>
    search.redirect ? { redirect: ownPath(search.redirect) } : {},
  beforeLoad({ context, search }) {
    if (!context.session.user?.factorMissing) throw redirect({ href: search.redirect ?? "/" })
  },
  component: SecondFactorPage,
})

function SecondFactorPage() {
  const { t } = useTranslation("factors")
  const router = useRouter()
  const utils = trpc.useUtils()
  const { session } = Route.useRouteContext()
  const { title } = session.site
  const signOut = useSignOut()
  async function goOn() {
    await utils.session.current.fetch(undefined, { staleTime: 0 })
    await router.invalidate()
  }
  return (
    <Door site={title} title={t("required.title")} text={t("required.text")}>
      <RequiredFactor site={title} onDone={() => void goOn()} />
      <div className="mt-2 flex justify-center">
        <Button variant="ghost" size="sm" busy={signOut.isPending} onClick={() => signOut.mutate()}>
          {t("required.signOut")}
        </Button>
      </div>
    </Door>
  )
}
