import { Link } from "@tanstack/react-router"
import { BellRing } from "lucide-react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"

const lookEveryMs = 60_000

/**
 * Told above every page while there are fewer points than somebody wants to know of. It comes after the
 * page in the document, so that the way past the navigation stays the first thing there is.
 */
export function LowBalance() {
  const { t } = useTranslation("money")
  const alarm = trpc.account.alarm.useQuery(undefined, { refetchInterval: lookEveryMs })
  if (!alarm.data?.low) return null
  return (
    <div
      role="status"
      className="-order-1 flex flex-wrap items-center justify-center gap-x-3 gap-y-1 bg-warning-soft px-4 py-2 text-sm text-warning"
    >
      <BellRing aria-hidden="true" className="size-4" />
      {t("low.text")}
      <Link to="/account/points" className="font-medium underline underline-offset-2">
        {t("low.link")}
      </Link>
    </div>
  )
}
