import type { SecondFactorAsked } from "@nio/server/contract"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { PasswordInput } from "./password-input.tsx"

/** Begins with `name`. `onSecondFactor` when the password was right and is not enough. */
export function SignInForm(props: {
  name: string
  onSignedIn: () => void
  onSecondFactor: (asked: SecondFactorAsked) => void
}) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const signIn = trpc.session.signIn.useMutation({
    onSuccess({ secondFactor, ...session }) {
      if (secondFactor) return props.onSecondFactor(secondFactor)
      utils.session.current.setData(undefined, session)
      props.onSignedIn()
    },
  })
  const { register, handleSubmit, formState } = useForm({
    defaultValues: { name: props.name, password: "" },
  })
  const { errors } = formState

  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={handleSubmit((values) => signIn.mutate(values))}
    >
      <Field label={t("signIn.name")} error={errors.name?.message}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="username webauthn"
            autoCapitalize="none"
            spellCheck={false}
            {...register("name", { required: t("signIn.nameMissing") })}
          />
        )}
      </Field>
      <Field label={t("signIn.password")} error={errors.password?.message}>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="current-password"
            {...register("password", { required: t("signIn.passwordMissing") })}
          />
        )}
      </Field>
      {signIn.error && (
        <p role="alert" className="text-danger text-sm">
          {sentence(signIn.error)}
        </p>
      )}
      <Button type="submit" variant="primary" busy={signIn.isPending} className="mt-1 w-full">
        {t("signIn.submit")}
      </Button>
    </form>
  )
}
