import { Plus } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { OptionList } from "../../ui/option-list.tsx"
import { Popover } from "../../ui/popover.tsx"

/** Fills the list of models: with one that is known, with all of them, or with none. */
export function ModelButtons(props: {
  models: readonly string[]
  /** What the provider is known to offer. */
  known: readonly string[]
  /** Another way to find some. */
  more?: ReactNode
  onChange: (models: readonly string[]) => void
}) {
  const { models, known, onChange } = props
  const { t } = useTranslation("admin")
  const others = known.filter((model) => !models.includes(model))
  return (
    <div className="-mt-2 flex flex-wrap gap-2">
      {others.length > 0 && (
        <>
          <AddModel known={others} onAdd={(model) => onChange([...models, model])} />
          <Button size="sm" onClick={() => onChange([...models, ...others])}>
            {t("channels.models.addAll", { count: others.length })}
          </Button>
        </>
      )}
      {props.more}
      <Button size="sm" disabled={models.length === 0} onClick={() => onChange([])}>
        {t("channels.models.clear")}
      </Button>
    </div>
  )
}

/** Stays open, so that several can be picked one after another. */
function AddModel(props: { known: readonly string[]; onAdd: (model: string) => void }) {
  const { t } = useTranslation("admin")
  return (
    <Popover
      className="w-80"
      trigger={
        <Button size="sm" icon={<Plus className="size-4" />}>
          {t("channels.models.add")}
        </Button>
      }
    >
      <OptionList
        options={props.known.map((model) => ({ value: model, label: model }))}
        value={null}
        onChoose={props.onAdd}
        searchLabel={t("channels.models.search")}
        emptyLabel={t("channels.models.none")}
      />
    </Popover>
  )
}
