import { createRootRoute, Outlet, redirect } from "@tanstack/react-router"
import { CrashPage, NotFoundPage } from "../features/shell/pages.tsx"
import { UpdatePrompt } from "../features/shell/update-prompt.tsx"
import { currentSession } from "../lib/session.ts"

/** Where one may be while the first password is still in place. */
const passwordPath = "/first-password"

export const Route = createRootRoute({
  async beforeLoad({ location }) {
    const session = await currentSession()
    if (session.user?.passwordExpired && location.pathname !== passwordPath)
      throw redirect({ to: passwordPath, search: { redirect: location.href } })
    return { session }
  },
  component: () => (
    <>
      <Outlet />
      <UpdatePrompt />
    </>
  ),
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
})
