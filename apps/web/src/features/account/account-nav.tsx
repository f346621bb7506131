import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"

/** The pages of an account, in the order of their tabs. */
const pages = [
  { to: "/account", label: "nav.profile" },
  { to: "/account/points", label: "nav.points" },
  { to: "/account/statement", label: "nav.statement" },
  { to: "/account/security", label: "nav.security" },
  { to: "/account/plan", label: "nav.plan" },
] as const

/** The page of plans only where there are any. */
export function AccountNav({ plans }: { plans: boolean }) {
  const { t } = useTranslation("account")
  const { t: words } = useTranslation()
  return (
    <nav
      aria-label={words("account.title")}
      className="-mx-5 mb-8 overflow-x-auto border-line border-b px-5"
    >
      <ul className="flex gap-5">
        {pages
          .filter(({ to }) => plans || to !== "/account/plan")
          .map(({ to, label }) => (
            <li key={to}>
              <Link
                to={to}
                activeOptions={{ exact: true }}
                className="-mb-px flex h-10 items-center whitespace-nowrap border-transparent border-b-2 text-muted text-sm transition-colors duration-100 hover:text-ink"
                activeProps={{ className: "border-accent! font-medium text-ink!" }}
              >
                {t(label)}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  )
}
