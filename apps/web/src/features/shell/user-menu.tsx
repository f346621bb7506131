import type { SessionView } from "@nio/server/contract"
import { useNavigate, useRouter } from "@tanstack/react-router"
import { ChevronsUpDown, Keyboard, LogOut, Settings2, ShieldCheck } from "lucide-react"
import { useTranslation } from "react-i18next"
import { formatPoints } from "../../lib/format.ts"
import { whenSignedOut } from "../../lib/signed-out.ts"
import { queryClient, trpc } from "../../lib/trpc.ts"
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu.tsx"
import { helpOpen } from "./shortcut-help.tsx"

/** Who is signed in and with how many points; behind it everything about the account. */
export function UserMenu({ user }: { user: NonNullable<SessionView["user"]> }) {
  const { t } = useTranslation()
  const balance = trpc.account.balance.useQuery()
  const signOut = useSignOut()
  const navigate = useNavigate()

  return (
    <div className="shrink-0 border-line border-t p-2 [padding-bottom:max(0.5rem,env(safe-area-inset-bottom))]">
      <Menu
        side="top"
        align="start"
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
      >
        <MenuItem
          icon={<Settings2 className="size-4" />}
          onSelect={() => void navigate({ to: "/account" })}
        >
          {t("shell.account")}
        </MenuItem>
        {user.isAdmin && (
          <MenuItem
            icon={<ShieldCheck className="size-4" />}
            onSelect={() => void navigate({ to: "/admin" })}
          >
            {t("shell.admin")}
          </MenuItem>
        )}
        <MenuItem icon={<Keyboard className="size-4" />} onSelect={() => helpOpen.set(true)}>
          {t("shell.shortcuts")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<LogOut className="size-4" />} onSelect={() => signOut.mutate()}>
          {t("shell.signOut")}
        </MenuItem>
      </Menu>
    </div>
  )
}

/** Nothing of one person may be left for the next. */
function useSignOut() {
  const router = useRouter()
  return trpc.session.signOut.useMutation({
    async onSuccess() {
      for (const forget of whenSignedOut) forget()
      queryClient.clear()
      await router.invalidate()
    },
  })
}
