import { Plus, Trash2 } from "lucide-react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Input } from "../../ui/input.tsx"
import { type Draft, discountDraft } from "./draft.ts"

type Discount = Draft["discounts"][number]

/** From how many months on there is how much off. */
export function Discounts(props: {
  discounts: readonly Discount[]
  onChange: (discounts: Discount[]) => void
}) {
  const { discounts, onChange } = props
  const { t } = useTranslation("plans")
  const change = (at: number, some: Partial<Discount>) =>
    onChange(discounts.map((one, index) => (index === at ? { ...one, ...some } : one)))
  return (
    <div className="grid gap-2">
      {discounts.map((one, at) => (
        <div key={one.key} className="flex items-center gap-2 text-sm">
          <Input
            aria-label={t("admin.discount.months")}
            inputMode="numeric"
            className="w-20! tabular-nums"
            value={one.months}
            onChange={(event) => change(at, { months: event.target.value })}
          />
          <span className="text-muted">{t("admin.discount.from")}</span>
          <Input
            aria-label={t("admin.discount.percent")}
            inputMode="numeric"
            className="w-20! tabular-nums"
            value={one.percentOff}
            onChange={(event) => change(at, { percentOff: event.target.value })}
          />
          <span className="grow text-muted">%</span>
          <IconButton
            label={t("admin.discount.remove")}
            onClick={() => onChange(discounts.filter((_, index) => index !== at))}
          >
            <Trash2 className="size-4" />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        className="justify-self-start"
        icon={<Plus className="size-4" />}
        onClick={() => onChange([...discounts, discountDraft()])}
      >
        {t("admin.discount.add")}
      </Button>
    </div>
  )
}
