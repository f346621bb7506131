import { Link } from "@tanstack/react-router"
import { ArrowLeft } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"

export function ChannelHead({ title, action }: { title: string; action?: ReactNode }) {
  const { t } = useTranslation("admin")
  return (
    <div className="mb-8">
      <Link
        to="/admin/channels"
        className="mb-2 inline-flex items-center gap-1.5 text-muted text-sm hover:text-ink"
      >
        <ArrowLeft className="size-4" />
        {t("channels.title")}
      </Link>
      <div className="flex min-h-10 items-center gap-4">
        <h1 className="min-w-0 grow truncate font-semibold text-lg">{title}</h1>
        {action}
      </div>
    </div>
  )
}
