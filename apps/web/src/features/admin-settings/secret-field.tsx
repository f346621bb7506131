import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { fieldOf } from "./setting-values.ts"
import type { SettingsForm } from "./settings-page.tsx"

/** A setting that is typed and never shown again. Empty keeps what is set. */
export function SecretField({ form, now, name }: SettingsForm & { name: "mail.password" }) {
  const { t } = useTranslation("admin")
  const field = fieldOf(name)
  const leaving = form.watch(field) === false
  const set = now[name] && !leaving
  return (
    <Field
      label={t(`settings.${name}`)}
      hint={t(
        leaving ? "settings.secret.leaving" : set ? "settings.secret.set" : "settings.secret",
      )}
    >
      {(control) => (
        <span className="flex gap-2">
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            placeholder={set ? "••••••••" : undefined}
            value={leaving ? "" : String(form.watch(field) ?? "")}
            onChange={({ target }) => form.setValue(field, target.value, { shouldDirty: true })}
          />
          {now[name] && (
            <Button
              type="button"
              onClick={() => form.setValue(field, leaving ? "" : false, { shouldDirty: true })}
            >
              {t(leaving ? "settings.secret.keep" : "settings.secret.remove")}
            </Button>
          )}
        </span>
      )}
    </Field>
  )
}
