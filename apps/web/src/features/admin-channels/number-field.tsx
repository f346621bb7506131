import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"

type Name =
  | "priority"
  | "weight"
  | "tries"
  | "connectSeconds"
  | "firstByteSeconds"
  | "idleSeconds"
  | "totalSeconds"

/** A whole number within the bounds of the server's contract. */
export function NumberField(props: {
  form: ChannelFormControls
  name: Name
  min: number
  max: number
  label: string
  hint: string
}) {
  const { name, min, max } = props
  const { t } = useTranslation("admin")
  const { register, formState } = props.form
  return (
    <Field label={props.label} hint={props.hint} error={formState.errors[name]?.message}>
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
  )
}
