import { Link } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useTranslation } from "react-i18next"
import { buttonClass } from "../../ui/button.tsx"

export function NewChannel() {
  const { t } = useTranslation("admin")
  return (
    <Link to="/admin/channels/new" className={buttonClass("primary", "md")}>
      <Plus className="size-4" />
      {t("channels.new")}
    </Link>
  )
}
