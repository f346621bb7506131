import { ChevronRight } from "lucide-react"
import type { UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { detailUnits, hasDetails, longRates } from "./detail-values.ts"
import type { PriceValues } from "./price-values.ts"
import { RateInput } from "./rate-input.tsx"

type Form = { form: UseFormReturn<PriceValues> }

const details = Object.entries(detailUnits) as [
  keyof typeof detailUnits,
  (typeof detailUnits)[keyof typeof detailUnits],
][]

/** What few models have a price for. Folded, so that the simple case stays two numbers. */
export function PriceDetails({ form }: Form) {
  const { t } = useTranslation("prices")
  return (
    <details className="group" open={hasDetails(form.getValues("details"))}>
      <summary className="flex h-9 w-fit cursor-pointer list-none items-center gap-1.5 rounded-sm pr-2 font-medium text-sm hover:text-accent [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 text-muted transition-transform duration-100 group-open:rotate-90"
        />
        {t("more")}
      </summary>
      <div className="mt-2 grid gap-5">
        <p className="text-muted text-sm">{t("more.text")}</p>
        <div className="grid items-start gap-5 sm:grid-cols-2">
          {details.map(([name, unit]) => (
            <RateInput
              key={name}
              form={form}
              name={`details.${name}`}
              unit={unit}
              label={t(`detail.${name}`)}
              optional={t(`detail.${name}.none`)}
            />
          ))}
        </div>
        <LongContext form={form} />
      </div>
    </details>
  )
}

const tokensMax = 100_000_000

/** Rates for requests that are longer than so many tokens: all of them or none. */
function LongContext({ form }: Form) {
  const { t } = useTranslation("prices")
  const isSet = ({ details: { aboveTokens } }: PriceValues) => aboveTokens.trim() !== ""
  const error = form.formState.errors.details?.aboveTokens?.message

  function judge(text: string, { details }: PriceValues) {
    const tokens = Number(text)
    const fits = Number.isInteger(tokens) && tokens >= 1 && tokens <= tokensMax
    const isUnset = text.trim() === "" && longRates.every((name) => details[name].trim() === "")
    return isUnset || fits || t("long.wrong")
  }

  return (
    <fieldset className="grid items-start gap-5 sm:grid-cols-2">
      <legend className="mb-2 font-medium text-sm">{t("long")}</legend>
      <Field label={t("long.above")} hint={t("long.above.hint")} error={error}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            className="tabular-nums"
            {...form.register("details.aboveTokens", { validate: judge })}
          />
        )}
      </Field>
      {longRates.map((name) => (
        <RateInput
          key={name}
          form={form}
          name={`details.${name}`}
          unit="per-million-tokens"
          label={t(`detail.${name}`)}
          optional={t(`detail.${name}.none`)}
          mayMiss={(values) => name === "longCached" || !isSet(values)}
        />
      ))}
    </fieldset>
  )
}
