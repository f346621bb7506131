import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"

/** Takes a code of the app, or one that stands in for it. */
export function CodeForm(props: {
  kind: "code" | "recovery"
  label?: string
  submitLabel?: string
  busy: boolean
  problem: string | undefined
  onCode: (code: string) => void
}) {
  const { t } = useTranslation("factors")
  const { register, handleSubmit, formState } = useForm({ defaultValues: { code: "" } })
  const digits = props.kind === "code"
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={handleSubmit(({ code }) => props.onCode(code))}
    >
      <Field
        label={props.label ?? t(`step.${props.kind}`)}
        hint={t(`step.${props.kind}.hint`)}
        error={formState.errors.code?.message ?? props.problem}
      >
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete={digits ? "one-time-code" : "off"}
            inputMode={digits ? "numeric" : "text"}
            autoCapitalize="characters"
            spellCheck={false}
            className="font-mono tracking-widest"
            {...register("code", {
              validate: (code) =>
                (digits ? /^\s*(?:\d\s*){6}$/.test(code) : code.trim() !== "") || t("step.missing"),
            })}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={props.busy} className="w-full">
        {props.submitLabel ?? t("step.submit")}
      </Button>
    </form>
  )
}
