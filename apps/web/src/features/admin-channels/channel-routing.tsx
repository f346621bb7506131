import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"
import { FormSection } from "./form-section.tsx"
import { groups } from "./groups.ts"

/** The bounds of the server's contract. */
const numbers = [
  { name: "priority", min: -1_000, max: 1_000 },
  { name: "weight", min: 1, max: 1_000 },
  { name: "tries", min: 1, max: 10 },
  { name: "firstByteSeconds", min: 1, max: 1_800 },
] as const

/** When the channel is used, and for whom. */
export function ChannelRouting({ form }: { form: ChannelFormControls }) {
  const { t } = useTranslation("admin")
  const { register, watch, setValue, formState } = form
  const chosen = watch("groups")

  function toggle(group: string, on: boolean) {
    const next = on ? [...chosen, group] : chosen.filter((other) => other !== group)
    setValue("groups", next, { shouldDirty: true })
  }

  return (
    <FormSection title={t("channels.routing.title")} text={t("channels.routing.text")}>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        {numbers.map(({ name, min, max }) => (
          <Field
            key={name}
            label={t(`channels.${name}`)}
            hint={t(`channels.${name}.hint`)}
            error={formState.errors[name]?.message}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                className="tabular-nums"
                {...register(name, {
                  validate: (text) =>
                    (/^-?\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max) ||
                    t("channels.numberWrong", { min, max }),
                })}
              />
            )}
          </Field>
        ))}
      </div>
      <fieldset>
        <legend className="font-medium text-sm">{t("channels.groups")}</legend>
        <div className="mt-2 flex flex-wrap gap-x-5 gap-y-2">
          {groups.map((group) => (
            <label key={group} className="flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-4 accent-(--color-accent)"
                checked={chosen.includes(group)}
                onChange={(event) => toggle(group, event.target.checked)}
              />
              {t(`channels.group.${group}`)}
            </label>
          ))}
        </div>
        <p className="mt-2 text-muted text-xs">{t("channels.groups.hint")}</p>
      </fieldset>
    </FormSection>
  )
}
