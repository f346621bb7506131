import { createFileRoute, Outlet, redirect } from "@tanstack/react-router"
import { lazy, Suspense, useState } from "react"
import { helpOpen } from "../features/shell/help-open.ts"
import { redeemOpen } from "../lib/redeem-open.ts"
import { stored } from "../lib/stored.ts"
import { visitedKey } from "../lib/visited.ts"

const ShortcutHelp = lazy(async () => ({
  default: (await import("../features/shell/shortcut-help.tsx")).ShortcutHelp,
}))

const RedeemDialog = lazy(async () => ({
  default: (await import("../features/codes/redeem-dialog.tsx")).RedeemDialog,
}))

const LowBalance = lazy(async () => ({
  default: (await import("../features/points/low-balance.tsx")).LowBalance,
}))

const ClaimVisited = lazy(async () => ({
  default: (await import("../features/chat/visitor/claim-visited.tsx")).ClaimVisited,
}))

/** Everything for people who are signed in. */
export const Route = createFileRoute("/_app")({
  beforeLoad({ context, location }) {
    const { user, site } = context.session
    if (!user && site.visitors && location.pathname === "/") throw redirect({ to: "/visit" })
    if (!user) throw redirect({ to: "/sign-in", search: { redirect: location.href } })
    return { user }
  },
  component: Everything,
})

function Everything() {
  const [visited] = useState(() => stored.get(visitedKey) !== null)
  return (
    <>
      <div className="flex h-full flex-col">
        <div className="min-h-0 grow">
          <Outlet />
        </div>
        <Suspense>
          <LowBalance />
        </Suspense>
      </div>
      <Suspense>{helpOpen.use() && <ShortcutHelp />}</Suspense>
      <Suspense>{visited && <ClaimVisited />}</Suspense>
      <Suspense>{redeemOpen.use() && <RedeemDialog />}</Suspense>
    </>
  )
}
