import { useState } from "react"
import { FormProvider, useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { language } from "../../i18n/language.ts"
import { failureOf } from "../../lib/error.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { MailFields } from "./mail-fields.tsx"
import { NameField } from "./name-field.tsx"
import { NewPassword } from "./new-password.tsx"
import { useTold } from "./use-told.ts"

/** What the server can say of the first step, and of the second. */
const ofName = ["name.invalid", "name.reserved", "name.taken"]
const ofPassword = ["auth.password-weak"]
const ofCode = ["mail-code.wrong"]

/**
 * A new account; where the site sends mail, in two steps, the second of which shows that mail
 * arrives. What was typed in one stays when one goes to the other.
 */
export function RegisterForm(props: { byMail: boolean; onDone: () => void }) {
  const { t } = useTranslation("account")
  const utils = trpc.useUtils()
  const [atMail, setAtMail] = useState(false)
  const form = useForm({
    defaultValues: { name: "", password: "", repeat: "", email: "", code: "" },
  })
  const order = trpc.session.registrationCode.useMutation()
  const orderTold = useTold(order.error)
  const create = trpc.session.register.useMutation({
    onSuccess(session) {
      utils.session.current.setData(undefined, session)
      props.onDone()
    },
    onError(error) {
      if ([...ofName, ...ofPassword].includes(failureOf(error).code)) setAtMail(false)
    },
  })
  const told = useTold(create.error)
  const last = atMail || !props.byMail
  const elsewhere = told.besides(...ofName, ...ofPassword, ...ofCode)

  const submit = form.handleSubmit(({ name, password, email, code }) => {
    if (!last) return setAtMail(true)
    const mail = props.byMail && { email: email.trim(), code }
    create.mutate({ name, password, language: language.get(), ...mail })
  })

  return (
    <FormProvider {...form}>
      <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
        {atMail ? (
          <MailFields
            label={t("email")}
            send={order.mutateAsync}
            sending={order.isPending}
            orderTold={orderTold.besides()}
            codeTold={told.about(...ofCode)}
          />
        ) : (
          <>
            <NameField told={told.about(...ofName)} />
            <NewPassword
              label={t("register.password")}
              repeatLabel={t("register.repeat")}
              told={told.about(...ofPassword)}
            />
          </>
        )}
        {elsewhere && (
          <p role="alert" className="text-danger text-sm">
            {elsewhere}
          </p>
        )}
        <div className="mt-1 flex gap-2">
          {atMail && <Button onClick={() => setAtMail(false)}>{t("register.back")}</Button>}
          <Button type="submit" variant="primary" busy={create.isPending} className="grow">
            {t(last ? "register.submit" : "register.next")}
          </Button>
        </div>
      </form>
    </FormProvider>
  )
}
