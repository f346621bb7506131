import type { ApiKeyTerms, KeyGroup } from "@nio/server/contract"
import { ChevronRight } from "lucide-react"
import { type FormEvent, useEffect } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { failureOf } from "../../lib/error.ts"
import { Button } from "../../ui/button.tsx"
import { DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"
import { type KeyValues, termsOf } from "./key-form-values.ts"
import { KeyLimits } from "./key-limits.tsx"

const nameCharsMax = 64

/** A name is all a key needs; its limits are there for those who want them. */
export function KeyForm(props: {
  values: KeyValues
  groups: readonly KeyGroup[]
  limitsOpen: boolean
  submitLabel: string
  busy: boolean
  error: unknown
  onSubmit: (terms: ApiKeyTerms) => void
  onCancel: () => void
}) {
  const { t } = useTranslation("keys")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const form = useForm<KeyValues>({ defaultValues: props.values, mode: "onTouched" })
  const { register, formState, setError } = form
  const badAddress = isAboutAddresses(props.error)
  useEffect(() => {
    if (badAddress)
      setError("addresses", { message: t("limits.addresses.wrong") }, { shouldFocus: true })
  }, [badAddress, setError, t])

  const submit = (event: FormEvent) =>
    void form.handleSubmit((values) => props.onSubmit(termsOf(values)))(event)

  return (
    <form noValidate onSubmit={submit}>
      <Field label={t("name")} hint={t("name.hint")} error={formState.errors.name?.message}>
        {(control) => (
          <Input
            {...control}
            maxLength={nameCharsMax}
            autoComplete="off"
            {...register("name", {
              validate: (name) => name.trim() !== "" || t("name.missing"),
            })}
          />
        )}
      </Field>
      <details className="group mt-5" open={props.limitsOpen}>
        <summary className="-mx-1 flex cursor-pointer list-none items-center gap-1.5 rounded-sm px-1 font-medium text-sm [&::-webkit-details-marker]:hidden">
          <ChevronRight className="size-4 text-muted transition-transform duration-100 group-open:rotate-90" />
          {t("limits")}
          <span className="font-normal text-muted">{t("limits.optional")}</span>
        </summary>
        <div className="pt-4">
          <KeyLimits form={form} groups={props.groups} />
        </div>
      </details>
      {props.error !== null && !badAddress && (
        <div className="mt-5">
          <Notice tone="danger" role="alert">
            {sentence(props.error)}
          </Notice>
        </div>
      )}
      <DialogActions>
        <Button onClick={props.onCancel}>{words("common.cancel")}</Button>
        <Button type="submit" variant="primary" busy={props.busy}>
          {props.submitLabel}
        </Button>
      </DialogActions>
    </form>
  )
}

/** The server alone reads addresses; its refusal names the place. */
const isAboutAddresses = (error: unknown): boolean =>
  error !== null && /^limits\.addresses\b/.test(String(failureOf(error).params.detail))
