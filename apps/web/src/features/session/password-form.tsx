import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { withProof } from "../../lib/proof.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { PasswordInput } from "./password-input.tsx"

/** The server judges; this only spares a round trip for what is plainly too short. */
const passwordCharsMin = 8

/** With `first`, there is none to be asked for: the one to replace was just used to sign in, or none is set. */
export function PasswordForm(props: { first?: boolean; onSaved: () => void }) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const { register, handleSubmit, formState, getValues, reset } = useForm({
    defaultValues: { current: "", next: "", repeat: "", revokeKeys: true },
  })
  const { errors } = formState
  const change = trpc.session.changePassword.useMutation({
    onSuccess(session) {
      utils.session.current.setData(undefined, session)
      reset()
      props.onSaved()
    },
  })

  /** Who has no password yet is asked for another proof, when theirs is old. What fails is shown below. */
  const save = (asked: Parameters<typeof change.mutateAsync>[0]) =>
    void withProof(() => change.mutateAsync(asked)).catch(() => {})

  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={handleSubmit(({ current, next, revokeKeys }) =>
        save(props.first ? { next } : { current, next, revokeKeys }),
      )}
    >
      {!props.first && (
        <Field label={t("password.current")} error={errors.current?.message}>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="current-password"
              {...register("current", { required: t("password.currentMissing") })}
            />
          )}
        </Field>
      )}
      <Field
        label={t("password.next")}
        hint={t("password.nextHint", { min: passwordCharsMin })}
        error={errors.next?.message}
      >
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="new-password"
            {...register("next", {
              validate: (next) =>
                [...next].length >= passwordCharsMin ||
                t("password.tooShort", { min: passwordCharsMin }),
            })}
          />
        )}
      </Field>
      <Field label={t("password.repeat")} error={errors.repeat?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="new-password"
            {...register("repeat", {
              validate: (repeat) => repeat === getValues("next") || t("password.differs"),
            })}
          />
        )}
      </Field>
      {!props.first && (
        <label className="flex items-start gap-2 text-sm">
          <input
            type="checkbox"
            className="mt-0.5 size-4 accent-accent"
            {...register("revokeKeys")}
          />
          {t("password.revokeKeys")}
        </label>
      )}
      {change.error && (
        <p role="alert" className="text-danger text-sm">
          {sentence(change.error)}
        </p>
      )}
      <Button
        type="submit"
        variant="primary"
        busy={change.isPending}
        className={props.first ? "mt-1 w-full" : "mt-1 justify-self-start"}
      >
        {t("password.save")}
      </Button>
    </form>
  )
}
