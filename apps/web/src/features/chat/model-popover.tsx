import type { ModelView } from "@nio/server/contract"
import { type ReactElement, useMemo } from "react"
import { useTranslation } from "react-i18next"
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
  const options = useMemo(
    () =>
      props.models.map((model) => ({
        value: model.id,
        label: model.id,
        detail: (
          <span
            className={`shrink-0 text-xs tabular-nums ${model.price?.type === "free" ? "text-success" : "text-muted"}`}
          >
            {price(model)}
          </span>
        ),
      })),
    [props.models, price],
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
