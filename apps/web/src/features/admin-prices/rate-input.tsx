import type { UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { language } from "../../i18n/language.ts"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import type { PriceValues } from "./price-dialog.tsx"
import { parseRate, type RateUnit, yuanOf } from "./rate.ts"

/** A rate in points, with what it is in money below. */
export function RateInput(props: {
  form: UseFormReturn<PriceValues>
  name: "input" | "output" | "request"
  unit: RateUnit
  label: string
}) {
  const { t } = useTranslation("admin")
  const { register, watch, formState } = props.form
  const rate = parseRate(watch(props.name), props.unit)
  const yuan = new Intl.NumberFormat(language.use(), {
    style: "currency",
    currency: "CNY",
    maximumSignificantDigits: 4,
  })

  return (
    <Field
      label={props.label}
      hint={
        rate === undefined
          ? t(`prices.unit.${props.unit}`)
          : t(`prices.worth.${props.unit}`, { money: yuan.format(yuanOf(rate, props.unit)) })
      }
      error={formState.errors[props.name]?.message}
    >
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          autoComplete="off"
          className="tabular-nums"
          {...register(props.name, {
            shouldUnregister: false,
            validate: (text) => parseRate(text, props.unit) !== undefined || t("prices.rateWrong"),
          })}
        />
      )}
    </Field>
  )
}
