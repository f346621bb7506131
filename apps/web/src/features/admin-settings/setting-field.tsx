import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { Input, Textarea } from "../../ui/input.tsx"
import { fieldOf, isGood } from "./setting-values.ts"
import type { SettingsForm } from "./settings-page.tsx"

type Typed =
  | "limits.requestsPerMinute"
  | "search.endpoint"
  | "search.results"
  | "search.cropChars"
  | "search.engines"
  | "cache.models"
  | "cache.answersPerRequest"
  | "cache.seconds"

/** A setting that is typed: a number, an address, or a list with one entry a line. */
export function SettingField(props: SettingsForm & { name: Typed; kind?: "number" | "lines" }) {
  const { form, now, name, kind } = props
  const { t } = useTranslation("admin")
  const field = fieldOf(name)
  const control = form.register(field, {
    validate: (value) => isGood(name, value, now) || t("settings.wrong"),
  })
  return (
    <Field
      label={t(`settings.${name}`)}
      hint={t(`settings.${name}.hint`)}
      error={form.formState.errors[field]?.message}
    >
      {(own) =>
        kind === "lines" ? (
          <Textarea {...own} spellCheck={false} className="font-mono" {...control} />
        ) : (
          <Input
            {...own}
            autoComplete="off"
            spellCheck={false}
            className={kind === "number" ? "tabular-nums" : "font-mono"}
            {...(kind === "number" && { inputMode: "numeric" })}
            {...control}
          />
        )
      }
    </Field>
  )
}
