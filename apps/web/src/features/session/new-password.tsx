import { useFormContext } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { PasswordInput } from "./password-input.tsx"

/** The server judges; this only spares a round trip for what is plainly too short. */
const passwordCharsMin = 8

/** A password somebody chooses, twice: the fields `password` and `repeat` of the form around it. */
export function NewPassword(props: {
  label: string
  repeatLabel: string
  /** What the server says of it. */
  told: string | undefined
}) {
  const { t } = useTranslation()
  const { register, getValues, formState } = useFormContext<{ password: string; repeat: string }>()
  const { errors } = formState
  const min = passwordCharsMin
  return (
    <>
      <Field
        label={props.label}
        hint={t("password.nextHint", { min })}
        error={errors.password?.message ?? props.told}
      >
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="new-password"
            {...register("password", {
              validate: (text) => [...text].length >= min || t("password.tooShort", { min }),
            })}
          />
        )}
      </Field>
      <Field label={props.repeatLabel} error={errors.repeat?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="new-password"
            {...register("repeat", {
              validate: (text) => text === getValues("password") || t("password.differs"),
            })}
          />
        )}
      </Field>
    </>
  )
}
