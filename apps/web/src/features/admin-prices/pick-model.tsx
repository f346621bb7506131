import { Plus } from "lucide-react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { OptionList } from "../../ui/option-list.tsx"
import { Popover } from "../../ui/popover.tsx"

/** Picks from what the channels offer, those without a price first. Stays open for the next one. */
export function PickModel(props: { chosen: readonly string[]; onPick: (model: string) => void }) {
  const { t } = useTranslation("admin")
  const { data: unpriced = [] } = trpc.price.unpriced.useQuery()
  const { data: offered = [] } = trpc.model.list.useQuery()
  const bare = new Set(unpriced)
  const all = [...new Set([...unpriced, ...offered.map(({ id }) => id)])]
  if (all.length === 0) return null
  const others = all.filter((model) => !props.chosen.includes(model))

  return (
    <Popover
      modal
      className="w-80"
      trigger={
        <Button size="sm" className="justify-self-start" icon={<Plus className="size-4" />}>
          {t("prices.models.pick")}
        </Button>
      }
    >
      <OptionList
        options={others.map((model) => ({
          value: model,
          label: model,
          detail: bare.has(model) && <Badge tone="warning">{t("prices.models.bare")}</Badge>,
        }))}
        value={null}
        onChoose={props.onPick}
        searchLabel={t("prices.models.search")}
        emptyLabel={t("prices.models.none")}
      />
    </Popover>
  )
}
