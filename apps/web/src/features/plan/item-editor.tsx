import type { PlanIcon as IconName } from "@nio/server/contract"
import { ArrowDown, ArrowUp, Plus, Trash2, X } from "lucide-react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Input } from "../../ui/input.tsx"
import { OptionList } from "../../ui/option-list.tsx"
import { Popover } from "../../ui/popover.tsx"
import { Select } from "../../ui/select.tsx"
import type { ItemDraft } from "./draft.ts"
import { iconNames, PlanIcon } from "./plan-icon.tsx"

export function ItemEditor(props: {
  item: ItemDraft
  isFirst: boolean
  isLast: boolean
  onChange: (item: ItemDraft) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}) {
  const { item } = props
  const { t } = useTranslation("plans")
  const change = (some: Partial<ItemDraft>) => props.onChange({ ...item, ...some })
  const text = (key: "id" | "name" | "quota") => ({
    autoComplete: "off",
    value: item[key],
    onChange: (event: { target: { value: string } }) => change({ [key]: event.target.value }),
  })
  const name = item.name || item.id
  return (
    <fieldset className="grid min-w-0 gap-4 rounded-lg bg-panel p-4" aria-label={name}>
      <div className="flex items-center gap-1">
        <PlanIcon name={item.icon} />
        <span className="ml-1.5 min-w-0 grow truncate font-medium text-sm">{name}</span>
        <IconButton
          label={t("admin.item.up", { item: name })}
          disabled={props.isFirst}
          onClick={() => props.onMove(-1)}
        >
          <ArrowUp className="size-4" />
        </IconButton>
        <IconButton
          label={t("admin.item.down", { item: name })}
          disabled={props.isLast}
          onClick={() => props.onMove(1)}
        >
          <ArrowDown className="size-4" />
        </IconButton>
        <IconButton label={t("admin.item.remove", { item: name })} onClick={props.onRemove}>
          <Trash2 className="size-4" />
        </IconButton>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("admin.item.name")}>
          {(control) => <Input {...control} maxLength={64} {...text("name")} />}
        </Field>
        <Field label={t("admin.item.quota")} hint={t("admin.item.quota.hint")}>
          {(control) => (
            <Input {...control} inputMode="numeric" className="tabular-nums" {...text("quota")} />
          )}
        </Field>
        <Field label={t("admin.item.icon")}>
          {(control) => (
            <Select
              {...control}
              value={item.icon}
              onChange={(event) => change({ icon: event.target.value as IconName })}
            >
              {iconNames.map((icon) => (
                <option key={icon} value={icon}>
                  {t(`icon.${icon}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("admin.item.id")} hint={t("admin.item.id.hint")}>
          {(control) => <Input {...control} maxLength={64} className="font-mono" {...text("id")} />}
        </Field>
      </div>
      <ItemModels models={item.models} onChange={(models) => change({ models })} />
    </fieldset>
  )
}

function ItemModels(props: { models: readonly string[]; onChange: (models: string[]) => void }) {
  const { models, onChange } = props
  const { t } = useTranslation("plans")
  const { data: offered = [] } = trpc.model.list.useQuery()
  const others = offered.filter(({ id }) => !models.includes(id))
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium text-sm">{t("admin.item.models")}</legend>
      <div className="flex flex-wrap gap-1.5">
        {models.map((model) => (
          <button
            key={model}
            type="button"
            aria-label={t("admin.item.models.remove", { model })}
            onClick={() => onChange(models.filter((other) => other !== model))}
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
              {t("admin.item.models.add")}
            </Button>
          }
        >
          <OptionList
            options={others.map(({ id }) => ({ value: id, label: id }))}
            value={null}
            onChoose={(model) => onChange([...models, model])}
            searchLabel={t("admin.item.models.search")}
            emptyLabel={t("admin.item.models.none")}
          />
        </Popover>
      </div>
    </fieldset>
  )
}
