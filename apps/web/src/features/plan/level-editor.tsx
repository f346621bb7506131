import { Plus } from "lucide-react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { FormSection } from "../../ui/form-section.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { copyOf, type ItemDraft, type LevelDraft, moved, newItem, repeatedModels } from "./draft.ts"
import { ItemEditor } from "./item-editor.tsx"
import { usePlanName } from "./plan-words.ts"

export function LevelEditor(props: {
  draft: LevelDraft
  others: readonly LevelDraft[]
  onChange: (draft: LevelDraft) => void
}) {
  const { draft, onChange } = props
  const { t } = useTranslation("plans")
  const nameOf = usePlanName()
  const { level, items } = draft
  const change = (some: Partial<LevelDraft>) => onChange({ ...draft, ...some })
  const setItems = (next: ItemDraft[]) => change({ items: next })
  const repeated = repeatedModels(items)

  return (
    <FormSection title={nameOf({ level })} text={t("admin.level.text")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("admin.price")} hint={t("admin.price.hint")}>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              className="tabular-nums"
              value={draft.price}
              onChange={(event) => change({ price: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("admin.name")} hint={t("admin.name.hint")}>
          {(control) => (
            <Input
              {...control}
              maxLength={64}
              autoComplete="off"
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
      </div>
      <ol className="grid gap-4">
        {items.map((item, at) => (
          <li key={item.key}>
            <ItemEditor
              item={item}
              isFirst={at === 0}
              isLast={at === items.length - 1}
              onChange={(next) => setItems(items.with(at, next))}
              onMove={(by) => setItems(moved(items, at, by))}
              onRemove={() => setItems(items.filter((_, index) => index !== at))}
            />
          </li>
        ))}
      </ol>
      {repeated.length > 0 && (
        <Notice tone="warning">{t("admin.repeated", { models: repeated.join(", ") })}</Notice>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="sm"
          icon={<Plus className="size-4" />}
          onClick={() => setItems([...items, newItem()])}
        >
          {t("admin.item.add")}
        </Button>
        <ImportItem {...props} onImport={(item) => setItems([...items, copyOf(item)])} />
      </div>
    </FormSection>
  )
}

/** Takes an item over from another level. */
function ImportItem(props: {
  draft: LevelDraft
  others: readonly LevelDraft[]
  onImport: (item: ItemDraft) => void
}) {
  const { t } = useTranslation("plans")
  const nameOf = usePlanName()
  const had = new Set(props.draft.items.map(({ id }) => id))
  const offered = props.others.flatMap(({ level, items }) =>
    items.filter(({ id }) => !had.has(id)).map((item) => ({ level, item })),
  )
  if (offered.length === 0) return null
  return (
    <Select
      aria-label={t("admin.item.import")}
      className="max-w-56"
      value=""
      onChange={(event) => {
        const chosen = offered.find(({ item }) => item.key === event.target.value)
        if (chosen) props.onImport(chosen.item)
      }}
    >
      <option value="">{t("admin.item.import")}</option>
      {offered.map(({ level, item }) => (
        <option key={item.key} value={item.key}>
          {nameOf({ level })}: {item.name || item.id}
        </option>
      ))}
    </Select>
  )
}
