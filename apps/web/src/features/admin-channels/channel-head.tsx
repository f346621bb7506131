import { Link } from "@tanstack/react-router"
import { ArrowLeft } from "lucide-react"
import { useTranslation } from "react-i18next"

export function ChannelHead({ title }: { title: string }) {
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
      <h1 className="font-semibold text-lg">{title}</h1>
    </div>
  )
}
