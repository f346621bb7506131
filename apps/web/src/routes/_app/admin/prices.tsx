import { createFileRoute } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { ImportMenu } from "../../../features/admin-prices/import-menu.tsx"
import { PriceDialog } from "../../../features/admin-prices/price-dialog.tsx"
import { PriceList } from "../../../features/admin-prices/price-list.tsx"
import { type PriceTool, PriceToolDialog } from "../../../features/admin-prices/price-tool.tsx"
import type { PriceDraft } from "../../../features/admin-prices/price-values.ts"
import { UnpricedModels } from "../../../features/admin-prices/unpriced-models.tsx"
import { AdminTitle } from "../../../features/shell/admin-title.tsx"
import { Button } from "../../../ui/button.tsx"

export const Route = createFileRoute("/_app/admin/prices")({ component: PricesPage })

function PricesPage() {
  const { t } = useTranslation("admin")
  const [tool, setTool] = useState<PriceTool>()
  const [draft, setDraft] = useState<PriceDraft>()
  return (
    <>
      <AdminTitle
        title={t("prices.title")}
        text={t("prices.text")}
        action={
          <div className="flex flex-wrap justify-end gap-2">
            <ImportMenu onChoose={setTool} />
            <Button
              variant="primary"
              icon={<Plus className="size-4" />}
              onClick={() => setDraft({ models: [] })}
            >
              {t("prices.new")}
            </Button>
          </div>
        }
      />
      <UnpricedModels
        onPrice={(models) => setDraft({ models })}
        onLookUp={() => setTool("missing")}
      />
      <PriceList
        onEdit={(price) => setDraft({ id: price.id, rule: price, models: price.models })}
      />
      {tool && <PriceToolDialog tool={tool} onClose={() => setTool(undefined)} />}
      {draft && <PriceDialog draft={draft} onClose={() => setDraft(undefined)} />}
    </>
  )
}
