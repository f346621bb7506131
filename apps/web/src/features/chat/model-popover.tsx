import type { ModelView } from "@nio/server/contract"
import { type ReactElement, useMemo } from "react"
import { useTranslation } from "react-i18next"
import { usePriceDetails } from "../../lib/use-price-details.ts"
import { OptionList } from "../../ui/option-list.tsx"
import { Popover } from "../../ui/popover.tsx"
import { modelPickerOpen } from "./model-picker-open.ts"
import { usePriceLabel } from "./price-label.ts"

type Props = {
  models: readonly ModelView[]
  value: string | null
  onChoose: (model: string) => void
}

export function ModelPopover({ trigger, ...props }: Props & { trigger: ReactElement }) {
  return (
    <Popover
      open={modelPickerOpen.use()}
      onOpenChange={modelPickerOpen.set}
      side="bottom"
      className="w-96"
      trigger={trigger}
    >
      <ModelOptions {...props} />
    </Popover>
  )
}

function ModelOptions(props: Props) {
  const { t } = useTranslation()
  const price = usePriceLabel()
  const details = usePriceDetails()
  const options = useMemo(
    () =>
      props.models.map((model) => {
        const more = details(model.price?.details)
        return {
          value: model.id,
          label: model.id,
          detail: (
            <span
              className={`shrink-0 text-xs tabular-nums ${model.price?.type === "free" ? "text-success" : "text-muted"}`}
              data-tip={more.join("\n") || undefined}
            >
              {price(model)}
              {more.length > 0 && <span aria-hidden="true"> +</span>}
              <span className="sr-only">{more.join(", ")}</span>
            </span>
          ),
        }
      }),
    [props.models, price, details],
  )
  const perToken = props.models.some((model) => model.price?.type === "per-token")

  return (
    <OptionList
      options={options}
      value={props.value}
      onChoose={(model) => {
        props.onChoose(model)
        modelPickerOpen.set(false)
      }}
      searchLabel={t("model.search")}
      emptyLabel={t("model.noMatch")}
      footer={
        perToken && <p className="px-2.5 py-1.5 text-muted text-xs">{t("model.perTokenNote")}</p>
      }
    />
  )
}
