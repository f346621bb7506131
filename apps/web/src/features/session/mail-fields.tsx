import { useFormContext } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { type Language, language } from "../../i18n/language.ts"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { CodeField } from "./code-field.tsx"

type Order = { email: string; language: Language }

/** A mail address, and the code that shows it is one's own: the fields `email` and `code` of the form around it. */
export function MailFields(props: {
  label: string
  /** Has a code sent. */
  send: (order: Order) => Promise<unknown>
  sending: boolean
  /** What the server says of the order and of the code. */
  orderTold: string | undefined
  codeTold: string | undefined
  hint?: string
}) {
  const { t } = useTranslation("account")
  const form = useFormContext<{ email: string; code: string }>()
  const wrong = t("email.wrong")

  async function send() {
    if (!(await form.trigger("email"))) return false
    const order = { email: form.getValues("email").trim(), language: language.get() }
    return props.send(order).then(
      () => true,
      () => false,
    )
  }

  return (
    <>
      <Field label={props.label} error={form.formState.errors.email?.message ?? props.orderTold}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="email"
            {...form.register("email", {
              required: wrong,
              pattern: { value: /^\s*\S+@\S+\s*$/, message: wrong },
            })}
          />
        )}
      </Field>
      <CodeField told={props.codeTold} hint={props.hint} sending={props.sending} send={send} />
    </>
  )
}
