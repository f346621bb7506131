import type { UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { formatYuan } from "../../lib/format.ts"
import { millionInYuan, parseRate, type RateUnit, rateInYuan } from "../../lib/rate.ts"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import type { PriceValues } from "./price-values.ts"

/** A rate in points, with what it is in money below. */
export function RateInput(props: {
  form: UseFormReturn<PriceValues>
  name: "input" | "output" | "request"
  unit: RateUnit
  label: string
}) {
  const { unit, name } = props
  const { t } = useTranslation("admin")
  const { register, watch, formState } = props.form
  const rate = parseRate(watch(name), unit)

  function worth() {
    if (rate === undefined) return t(`prices.unit.${unit}`)
    const money = formatYuan(rateInYuan(rate, unit))
    if (unit === "per-request") return t("prices.worth.per-request", { money })
    const million = formatYuan(millionInYuan(rate))
    return t("prices.worth.per-thousand-tokens", { money, million })
  }

  return (
    <Field label={props.label} hint={worth()} error={formState.errors[name]?.message}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          autoComplete="off"
          className="tabular-nums"
          {...register(name, {
            shouldUnregister: false,
            validate: (text) => parseRate(text, unit) !== undefined || t("prices.rateWrong"),
          })}
        />
      )}
    </Field>
  )
}
