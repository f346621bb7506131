import { createFileRoute, Outlet, redirect } from "@tanstack/react-router"
import { ShortcutHelp } from "../features/shell/shortcut-help.tsx"

/** Everything for people who are signed in. */
export const Route = createFileRoute("/_app")({
  beforeLoad({ context, location }) {
    const { user } = context.session
    if (!user) throw redirect({ to: "/sign-in", search: { redirect: location.href } })
    return { user }
  },
  component: () => (
    <>
      <Outlet />
      <ShortcutHelp />
    </>
  ),
})
