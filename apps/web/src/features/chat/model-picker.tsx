import type { ModelView } from "@nio/server/contract"
import { ChevronDown } from "lucide-react"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { keyLabel } from "../../lib/shortcuts.ts"
import { createStore } from "../../lib/store.ts"
import { OptionList } from "../../ui/option-list.tsx"
import { Popover } from "../../ui/popover.tsx"
import { usePriceLabel } from "./price-label.ts"

export const modelPickerOpen = createStore(false)

export function ModelPicker(props: {
  models: readonly ModelView[]
  value: string | null
  onChoose: (model: string) => void
}) {
  const { t } = useTranslation()
  const open = modelPickerOpen.use()

  return (
    <Popover
      open={open}
      onOpenChange={modelPickerOpen.set}
      side="top"
      className="w-96"
      trigger={
        <button
          type="button"
          title={keyLabel("mod+shift+m")}
          aria-label={t("model.chosen", { model: props.value ?? "" })}
          className="flex h-9 min-w-0 items-center gap-1.5 rounded-md px-2.5 text-muted text-sm transition-colors duration-100 hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
        >
          <span className="truncate">{props.value ?? t("model.choose")}</span>
          <ChevronDown className="size-4 shrink-0" />
        </button>
      }
    >
      <ModelOptions {...props} />
    </Popover>
  )
}

function ModelOptions(props: Parameters<typeof ModelPicker>[0]) {
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
