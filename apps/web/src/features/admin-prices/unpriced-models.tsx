import { TriangleAlert } from "lucide-react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"

/** More are counted, not shown. */
const shownMax = 30

/** Models that are offered and that nobody can use, because they have no price. */
export function UnpricedModels(props: {
  onPrice: (models: readonly string[]) => void
  onLookUp: () => void
}) {
  const { onPrice, onLookUp } = props
  const { t } = useTranslation("admin")
  const { t: priceWords } = useTranslation("prices")
  const { data: models = [] } = trpc.price.unpriced.useQuery()
  if (models.length === 0) return null
  return (
    <div className="mb-6">
      <Notice
        tone="warning"
        icon={<TriangleAlert className="size-4" />}
        title={t("prices.unpriced.title", { count: models.length })}
        actions={
          <>
            {models.slice(0, shownMax).map((model) => (
              <Button key={model} size="sm" onClick={() => onPrice([model])}>
                <span className="font-mono">{model}</span>
              </Button>
            ))}
            {models.length > shownMax && (
              <span className="self-center text-muted text-sm">+{models.length - shownMax}</span>
            )}
            <Button size="sm" onClick={onLookUp}>
              {priceWords("lookUp")}
            </Button>
            {models.length > 1 && (
              <Button size="sm" variant="primary" onClick={() => onPrice(models)}>
                {t("prices.unpriced.all", { count: models.length })}
              </Button>
            )}
          </>
        }
      >
        {t("prices.unpriced.text")}
      </Notice>
    </div>
  )
}
