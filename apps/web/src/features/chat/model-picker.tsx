import type { ModelView } from "@nio/server/contract"
import { ChevronDown } from "lucide-react"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { keyLabel } from "../../lib/shortcuts.ts"
import { modelPickerOpen } from "./model-picker-open.ts"

const load = async () => ({ default: (await import("./model-popover.tsx")).ModelPopover })
const ModelPopover = lazy(load)

/** The model that will answer, and the way to another one. The list is fetched on the way there. */
export function ModelPicker(props: {
  models: readonly ModelView[]
  value: string | null
  onChoose: (model: string) => void
}) {
  const { t } = useTranslation()
  const [used, setUsed] = useState(false)
  const open = modelPickerOpen.use()
  if (open && !used) setUsed(true)

  const trigger = (
    <button
      type="button"
      title={keyLabel("mod+shift+m")}
      aria-label={t("model.chosen", { model: props.value ?? "" })}
      aria-haspopup
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      {...(!used && { onClick: () => modelPickerOpen.set(true) })}
      className="flex h-9 min-w-0 max-w-full items-center gap-1.5 rounded-md px-2.5 text-muted text-sm transition-colors duration-100 hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
    >
      <span className="truncate">{props.value ?? t("model.choose")}</span>
      <ChevronDown className="size-4 shrink-0" />
    </button>
  )
  if (!used) return trigger
  return (
    <Suspense fallback={trigger}>
      <ModelPopover {...props} trigger={trigger} />
    </Suspense>
  )
}
