import type { ProviderView } from "@nio/server/contract"
import { Plus } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Textarea } from "../../ui/input.tsx"
import { OptionList } from "../../ui/option-list.tsx"
import { Popover } from "../../ui/popover.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"
import { linesOf, offeredBy } from "./channel-form-values.ts"
import { FormSection } from "./form-section.tsx"

/** More are counted, not shown. */
const badgesMax = 40

/** What the channel offers, and under which names. */
export function ChannelModels(props: {
  form: ChannelFormControls
  providers: readonly ProviderView[]
}) {
  const { t } = useTranslation("admin")
  const { register, watch, setValue, formState } = props.form
  const { errors } = formState
  const models = linesOf(watch("models"))
  const provider = props.providers.find(({ id }) => id === watch("provider"))
  const template = (provider?.models ?? []).filter((model) => !models.includes(model))
  const setModels = (list: readonly string[]) =>
    setValue("models", list.join("\n"), { shouldDirty: true, shouldValidate: true })

  return (
    <FormSection title={t("channels.models.title")} text={t("channels.models.text")}>
      <Field
        label={t("channels.models")}
        hint={t("channels.models.hint")}
        error={errors.models?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            rows={5}
            className="font-mono"
            {...register("models", {
              validate: (text) => linesOf(text).length > 0 || t("channels.models.missing"),
            })}
          />
        )}
      </Field>
      <div className="-mt-2 flex flex-wrap gap-2">
        <AddModel template={template} onAdd={(model) => setModels([...models, model])} />
        <Button
          size="sm"
          disabled={template.length === 0}
          onClick={() => setModels([...models, ...template])}
        >
          {t("channels.models.addAll", { count: template.length })}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          disabled={models.length === 0}
          onClick={() => setModels([])}
        >
          {t("channels.models.clear")}
        </Button>
      </div>
      <Field
        label={t("channels.mapping")}
        hint={t("channels.mapping.hint")}
        error={errors.mapping?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            className="font-mono"
            placeholder={"gpt-4o>gpt-4o-2024-11-20\n!fast>gpt-4o-mini"}
            {...register("mapping", { validate: (text) => wrongLine(text) ?? true })}
          />
        )}
      </Field>
      <Offered names={offeredBy({ models: watch("models"), mapping: watch("mapping") })} />
    </FormSection>
  )

  function wrongLine(text: string): string | undefined {
    const line = linesOf(text).find((each) => !/^!?[^>\s][^>]*>[^>\s][^>]*$/.test(each))
    return line === undefined ? undefined : t("channels.mapping.wrong", { line })
  }
}

function AddModel(props: { template: readonly string[]; onAdd: (model: string) => void }) {
  const { t } = useTranslation("admin")
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      className="w-80"
      trigger={
        <Button size="sm" icon={<Plus className="size-4" />}>
          {t("channels.models.add")}
        </Button>
      }
    >
      <OptionList
        options={props.template.map((model) => ({ value: model, label: model }))}
        value={null}
        onChoose={(model) => {
          props.onAdd(model)
          setOpen(false)
        }}
        searchLabel={t("channels.models.search")}
        emptyLabel={t("channels.models.none")}
      />
    </Popover>
  )
}

function Offered({ names }: { names: readonly string[] }) {
  const { t } = useTranslation("admin")
  if (names.length === 0) return null
  return (
    <div aria-live="polite">
      <p className="mb-2 text-muted text-xs">{t("channels.offered", { count: names.length })}</p>
      <div className="flex flex-wrap gap-1.5">
        {names.slice(0, badgesMax).map((name) => (
          <Badge key={name}>
            <span className="font-mono">{name}</span>
          </Badge>
        ))}
        {names.length > badgesMax && <Badge>+{names.length - badgesMax}</Badge>}
      </div>
    </div>
  )
}
