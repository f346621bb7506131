import { Plus, X } from "lucide-react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { OptionList } from "../../ui/option-list.tsx"
import { Popover } from "../../ui/popover.tsx"

/** Some of the models its owner may use. Stays open, so that several can be picked. */
export function ModelPick(props: {
  chosen: readonly string[]
  onChange: (models: string[]) => void
}) {
  const { chosen, onChange } = props
  const { t } = useTranslation("keys")
  const models = trpc.model.list.useQuery()
  const others = (models.data ?? []).filter(({ id }) => !chosen.includes(id))

  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium text-sm">{t("limits.models")}</legend>
      <div className="flex flex-wrap gap-1.5">
        {chosen.map((model) => (
          <button
            key={model}
            type="button"
            aria-label={t("limits.models.remove", { model })}
            onClick={() => onChange(chosen.filter((other) => other !== model))}
            className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-md bg-active px-2.5 font-mono text-xs hover:bg-hover"
          >
            <span className="truncate">{model}</span>
            <X className="size-3.5 shrink-0 text-muted" />
          </button>
        ))}
        <Popover
          modal
          className="w-80"
          trigger={
            <Button size="sm" icon={<Plus className="size-4" />}>
              {t("limits.models.add")}
            </Button>
          }
        >
          <OptionList
            options={others.map(({ id }) => ({ value: id, label: id }))}
            value={null}
            onChoose={(model) => onChange([...chosen, model])}
            searchLabel={t("limits.models.search")}
            emptyLabel={t("limits.models.empty")}
          />
        </Popover>
      </div>
      <p className="mt-1.5 text-muted text-xs">{t("limits.models.hint")}</p>
    </fieldset>
  )
}
