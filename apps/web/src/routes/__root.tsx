import { createRootRoute, Outlet, redirect } from "@tanstack/react-router"
import { lazy, Suspense } from "react"
import { CrashPage, NotFoundPage } from "../features/shell/pages.tsx"
import { UpdatePrompt } from "../features/shell/update-prompt.tsx"
import { proofAsked } from "../lib/proof.ts"
import { currentSession } from "../lib/session.ts"

/** Where one may be while the first password is still in place. */
const passwordPath = "/first-password"
/** And while they have yet to set up the second factor the site wants. */
const factorPath = "/second-factor"

const ProveDialog = lazy(async () => ({
  default: (await import("../features/factors/prove-dialog.tsx")).ProveDialog,
}))

export const Route = createRootRoute({
  async beforeLoad({ location }) {
    const session = await currentSession()
    if (session.user?.passwordExpired && location.pathname !== passwordPath)
      throw redirect({ to: passwordPath, search: { redirect: location.href } })
    const settingUp = location.pathname === factorPath || location.pathname === passwordPath
    if (session.user?.factorMissing && !settingUp)
      throw redirect({ to: factorPath, search: { redirect: location.href } })
    return { session }
  },
  component: Everything,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
})

function Everything() {
  return (
    <>
      <Outlet />
      <UpdatePrompt />
      <Suspense>{proofAsked.use() && <ProveDialog />}</Suspense>
    </>
  )
}
