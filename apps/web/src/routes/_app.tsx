import { createFileRoute, Outlet, redirect } from "@tanstack/react-router"
import { lazy, Suspense } from "react"
import { helpOpen } from "../features/shell/help-open.ts"
import { redeemOpen } from "../lib/redeem-open.ts"

const ShortcutHelp = lazy(async () => ({
  default: (await import("../features/shell/shortcut-help.tsx")).ShortcutHelp,
}))

const RedeemDialog = lazy(async () => ({
  default: (await import("../features/codes/redeem-dialog.tsx")).RedeemDialog,
}))

/** Everything for people who are signed in. */
export const Route = createFileRoute("/_app")({
  beforeLoad({ context, location }) {
    const { user } = context.session
    if (!user) throw redirect({ to: "/sign-in", search: { redirect: location.href } })
    return { user }
  },
  component: Everything,
})

function Everything() {
  return (
    <>
      <Outlet />
      <Suspense>{helpOpen.use() && <ShortcutHelp />}</Suspense>
      <Suspense>{redeemOpen.use() && <RedeemDialog />}</Suspense>
    </>
  )
}
