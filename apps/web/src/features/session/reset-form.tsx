import { FormProvider, useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { MailFields } from "./mail-fields.tsx"
import { NewPassword } from "./new-password.tsx"
import { useTold } from "./use-told.ts"

/** A new password for whoever gets the mail. */
export function ResetForm(props: { onDone: (email: string) => void }) {
  const { t } = useTranslation("account")
  const { t: words } = useTranslation()
  const form = useForm({
    defaultValues: { email: "", code: "", password: "", repeat: "", revokeKeys: true },
  })
  const order = trpc.session.resetCode.useMutation()
  const orderTold = useTold(order.error)
  const reset = trpc.session.resetPassword.useMutation({
    onSuccess: (_, { email }) => props.onDone(email),
  })
  const told = useTold(reset.error)
  const elsewhere = told.besides("mail-code.wrong", "auth.password-weak")

  const submit = form.handleSubmit(({ email, code, password, revokeKeys }) =>
    reset.mutate({ email: email.trim(), code, password, revokeKeys }),
  )

  return (
    <FormProvider {...form}>
      <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <MailFields
          label={t("email")}
          send={order.mutateAsync}
          sending={order.isPending}
          orderTold={orderTold.besides()}
          codeTold={told.about("mail-code.wrong")}
          hint={t("reset.code.hint")}
        />
        <NewPassword
          label={t("reset.password")}
          repeatLabel={t("register.repeat")}
          told={told.about("auth.password-weak")}
        />
        <label className="flex items-start gap-2 text-sm">
          <input
            type="checkbox"
            className="mt-0.5 size-4 accent-accent"
            {...form.register("revokeKeys")}
          />
          {words("password.revokeKeys")}
        </label>
        {elsewhere && (
          <p role="alert" className="text-danger text-sm">
            {elsewhere}
          </p>
        )}
        <Button type="submit" variant="primary" busy={reset.isPending} className="mt-1 w-full">
          {t("reset.submit")}
        </Button>
      </form>
    </FormProvider>
  )
}
