import { useTranslation } from "react-i18next"
import { FormSection } from "../../ui/form-section.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"
import { groups } from "./groups.ts"
import { NumberField } from "./number-field.tsx"

/** The bounds of the server's contract. */
const numbers = [
  { name: "priority", min: -1_000, max: 1_000 },
  { name: "weight", min: 1, max: 1_000 },
  { name: "tries", min: 1, max: 10 },
] as const

/** When the channel is used, and for whom. */
export function ChannelRouting({ form }: { form: ChannelFormControls }) {
  const { t } = useTranslation("admin")
  const { watch, setValue } = form
  const chosen = watch("groups")

  function toggle(group: string, on: boolean) {
    const next = on ? [...chosen, group] : chosen.filter((other) => other !== group)
    setValue("groups", next, { shouldDirty: true })
  }

  return (
    <FormSection title={t("channels.routing.title")} text={t("channels.routing.text")}>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        {numbers.map(({ name, min, max }) => (
          <NumberField
            key={name}
            form={form}
            name={name}
            min={min}
            max={max}
            label={t(`channels.${name}`)}
            hint={t(`channels.${name}.hint`)}
          />
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
