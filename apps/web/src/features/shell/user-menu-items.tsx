import type { SessionView } from "@nio/server/contract"
import { useNavigate } from "@tanstack/react-router"
import { Keyboard, KeyRound, LogOut, Settings2, ShieldCheck, Ticket } from "lucide-react"
import type { ReactElement } from "react"
import { useTranslation } from "react-i18next"
import { redeemOpen } from "../../lib/redeem-open.ts"
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu.tsx"
import { helpOpen } from "./help-open.ts"
import { useSignOut } from "./use-sign-out.ts"

export function UserMenuItems(props: {
  user: NonNullable<SessionView["user"]>
  trigger: ReactElement
}) {
  const { t } = useTranslation()
  const signOut = useSignOut()
  const navigate = useNavigate()

  return (
    <Menu defaultOpen side="top" align="start" trigger={props.trigger}>
      <MenuItem
        icon={<Settings2 className="size-4" />}
        onSelect={() => void navigate({ to: "/account" })}
      >
        {t("shell.account")}
      </MenuItem>
      <MenuItem
        icon={<KeyRound className="size-4" />}
        onSelect={() => void navigate({ to: "/keys" })}
      >
        {t("account.keys")}
      </MenuItem>
      <MenuItem icon={<Ticket className="size-4" />} onSelect={() => redeemOpen.set(true)}>
        {t("shell.redeem")}
      </MenuItem>
      {props.user.isAdmin && (
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
  )
}
