import { Plus, X } from "lucide-react"
import { useFieldArray } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { parseRate } from "../../lib/rate.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { FormSection } from "../../ui/form-section.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Input, Textarea } from "../../ui/input.tsx"
import { Select } from "../../ui/select.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"
import { newCost } from "./cost-values.ts"
import { linesOf } from "./lines.ts"

/** What the operator pays the upstream, for the margin. */
export function ChannelCosts({ form }: { form: ChannelFormControls }) {
  const { t } = useTranslation("channels")
  const rows = useFieldArray({ control: form.control, name: "costs" })
  return (
    <FormSection title={t("costs.title")} text={t("costs.text")}>
      {rows.fields.map(({ id }, at) => (
        <Cost key={id} form={form} at={at} onRemove={() => rows.remove(at)} />
      ))}
      <div>
        <Button size="sm" icon={<Plus className="size-4" />} onClick={() => rows.append(newCost)}>
          {t("costs.add")}
        </Button>
      </div>
    </FormSection>
  )
}

type Rate = "input" | "output" | "cachedInput"

function Cost(props: { form: ChannelFormControls; at: number; onRemove: () => void }) {
  const { at } = props
  const { t } = useTranslation("channels")
  const { register, watch, formState } = props.form
  const type = watch(`costs.${at}.type`)
  const errors = formState.errors.costs?.[at]
  const rates: readonly Rate[] =
    type === "per-token" ? ["input", "output", "cachedInput"] : ["output"]

  const judge = (name: Rate) => (text: string) =>
    (name === "cachedInput" && text.trim() === "") ||
    parseRate(text) !== undefined ||
    t("costs.wrong")

  return (
    <div className="grid gap-4 rounded-lg bg-panel p-4">
      <div className="flex items-start gap-2">
        <Select aria-label={t("costs.type")} {...register(`costs.${at}.type`)}>
          <option value="per-token">{t("costs.perToken")}</option>
          <option value="per-request">{t("costs.perRequest")}</option>
        </Select>
        <IconButton size="lg" label={t("costs.remove")} onClick={props.onRemove}>
          <X className="size-4" />
        </IconButton>
      </div>
      <Field
        label={t("costs.models")}
        hint={t("costs.models.hint")}
        error={errors?.models?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            rows={2}
            className="min-h-16! font-mono"
            {...register(`costs.${at}.models`, {
              validate: (text) => linesOf(text).length > 0 || t("costs.models.missing"),
            })}
          />
        )}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        {rates.map((name) => (
          <Field
            key={name}
            label={t(type === "per-request" ? "costs.request" : `costs.${name}`)}
            error={errors?.[name]?.message}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                autoComplete="off"
                className="tabular-nums"
                {...register(`costs.${at}.${name}`, { validate: judge(name) })}
              />
            )}
          </Field>
        ))}
      </div>
    </div>
  )
}
