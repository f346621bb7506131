import type { SessionView } from "@nio/server/contract"
import { ChevronsUpDown } from "lucide-react"
import { useTranslation } from "react-i18next"
import { formatPoints } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { lazyPopup } from "../../ui/lazy-popup.tsx"

const Items = lazyPopup(async () => ({
  default: (await import("./user-menu-items.tsx")).UserMenuItems,
}))

/** Who is signed in and with how many points; behind it everything about the account. */
export function UserMenu({ user }: { user: NonNullable<SessionView["user"]> }) {
  const { t } = useTranslation()
  const balance = trpc.account.balance.useQuery()

  return (
    <div className="shrink-0 border-line border-t p-2 [padding-bottom:max(0.5rem,env(safe-area-inset-bottom))]">
      <Items
        user={user}
        trigger={
          <button
            type="button"
            className="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left transition-colors duration-100 hover:bg-hover data-[state=open]:bg-hover"
          >
            <span
              aria-hidden="true"
              className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft font-medium text-accent text-sm uppercase"
            >
              {[...user.name][0]}
            </span>
            <span className="min-w-0 grow">
              <span className="block truncate font-medium text-sm">{user.name}</span>
              <span className="block h-4.5 truncate text-muted text-xs tabular-nums">
                {balance.data &&
                  t("shell.points", { points: formatPoints(balance.data.available) })}
              </span>
            </span>
            <ChevronsUpDown className="size-4 shrink-0 text-muted" />
          </button>
        }
      />
    </div>
  )
}
