import { Link } from "@tanstack/react-router"
import {
  ArrowLeft,
  Cable,
  CalendarClock,
  ReceiptText,
  ScrollText,
  Settings2,
  Tag,
  Ticket,
  Users,
} from "lucide-react"
import { useTranslation } from "react-i18next"
import { drawerOpen } from "../../lib/sidebar.ts"

/** The admin's pages. A new one gets a line. */
const pages = [
  { to: "/admin/channels", label: "admin.channels", Icon: Cable },
  { to: "/admin/prices", label: "admin.prices", Icon: Tag },
  { to: "/admin/plans", label: "admin.plans", Icon: CalendarClock },
  { to: "/admin/users", label: "admin.users", Icon: Users },
  { to: "/admin/statement", label: "admin.statement", Icon: ReceiptText },
  { to: "/admin/codes", label: "admin.codes", Icon: Ticket },
  { to: "/admin/audit", label: "admin.audit", Icon: ScrollText },
  { to: "/admin/settings", label: "admin.settings", Icon: Settings2 },
] as const

const row =
  "flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm text-muted transition-colors duration-100 hover:bg-hover hover:text-ink"

export function AdminNav() {
  const { t } = useTranslation()
  const close = () => drawerOpen.set(false)
  return (
    <nav aria-label={t("shell.admin")} className="flex grow flex-col gap-0.5 overflow-y-auto p-2">
      <Link to="/" onClick={close} className={`${row} mb-3`}>
        <ArrowLeft className="size-4" />
        {t("shell.backToChat")}
      </Link>
      {pages.map(({ to, label, Icon }) => (
        <Link
          key={to}
          to={to}
          onClick={close}
          className={row}
          activeProps={{ className: "bg-active font-medium text-ink!" }}
        >
          <Icon className="size-4" />
          {t(label)}
        </Link>
      ))}
    </nav>
  )
}
