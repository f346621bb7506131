import { Link } from "@tanstack/react-router"
import { TriangleAlert } from "lucide-react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { buttonClass } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"

/** What is left to do after a channel is there: its models need prices. */
export function UnpricedHint() {
  const { t } = useTranslation("admin")
  const { data: models = [] } = trpc.price.unpriced.useQuery()
  if (models.length === 0) return null
  return (
    <div className="mb-6">
      <Notice
        tone="warning"
        icon={<TriangleAlert className="size-4" />}
        title={t("prices.unpriced.title", { count: models.length })}
        actions={
          <Link to="/admin/prices" className={buttonClass("secondary", "sm")}>
            {t("channels.unpriced.set")}
          </Link>
        }
      >
        {t("channels.unpriced.text")}
      </Notice>
    </div>
  )
}
