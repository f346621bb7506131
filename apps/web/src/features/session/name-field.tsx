import { useFormContext } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"

/** A name somebody chooses: the field `name` of the form around it. `told` is what the server says of it. */
export function NameField({ told }: { told: string | undefined }) {
  const { t } = useTranslation("account")
  const { register, formState } = useFormContext<{ name: string }>()
  return (
    <Field label={t("name")} hint={t("name.hint")} error={formState.errors.name?.message ?? told}>
      {(control) => (
        <Input
          {...control}
          autoFocus
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...register("name", { required: t("name.missing") })}
        />
      )}
    </Field>
  )
}
