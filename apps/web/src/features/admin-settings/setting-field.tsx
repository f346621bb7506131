import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { Input, Textarea } from "../../ui/input.tsx"
import { fieldOf, isGood } from "./setting-values.ts"
import type { SettingsForm } from "./settings-page.tsx"

type Typed =
  | "site.title"
  | "site.address"
  | "site.buyLink"
  | "site.contact"
  | "site.initialPoints"
  | "mail.suffixes"
  | "limits.requestsPerMinute"
  | "search.endpoint"
  | "search.results"
  | "search.cropChars"
  | "search.engines"
  | "cache.models"
  | "cache.answersPerRequest"
  | "cache.seconds"
  | "mail.host"
  | "mail.port"
  | "mail.username"
  | "mail.from"

/** How a setting is typed: an address when nothing is said, a list with one entry a line. */
type Kind = "address" | "number" | "words" | "text" | "list"
const looks: Partial<Record<Kind, string>> = {
  address: "font-mono",
  list: "font-mono",
  number: "tabular-nums",
}

export function SettingField(props: SettingsForm & { name: Typed; kind?: Kind }) {
  const { form, now, name, kind = "address" } = props
  const { t } = useTranslation("admin")
  const field = fieldOf(name)
  const control = form.register(field, {
    validate: (value) => isGood(name, value, now) || t("settings.wrong"),
  })
  const Control = kind === "list" || kind === "text" ? Textarea : Input
  return (
    <Field
      label={t(`settings.${name}`)}
      hint={t(`settings.${name}.hint`)}
      error={form.formState.errors[field]?.message}
    >
      {(own) => (
        <Control
          {...own}
          autoComplete="off"
          spellCheck={kind === "text"}
          className={looks[kind]}
          inputMode={kind === "number" ? "numeric" : undefined}
          {...control}
        />
      )}
    </Field>
  )
}
