import type { Path, UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { formatYuan } from "../../lib/format.ts"
import { parseRate, perThousand, type RateUnit, rateInYuan } from "../../lib/rate.ts"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import type { DetailName } from "./detail-values.ts"
import type { PriceValues } from "./price-values.ts"

type RateName = "input" | "output" | "request" | `details.${DetailName}`

/** A rate in points, with what it is in money below. */
export function RateInput(props: {
  form: UseFormReturn<PriceValues>
  name: RateName & Path<PriceValues>
  unit: RateUnit
  label: string
  /** Says so when it may be left empty, and what that means. */
  optional?: string
  /** Whether it may be left empty now. */
  mayMiss?: (values: PriceValues) => boolean
}) {
  const { unit, name, optional, mayMiss = () => optional !== undefined } = props
  const { t } = useTranslation("admin")
  const { register, watch, getFieldState, formState } = props.form
  const rate = parseRate(watch(name))

  function worth() {
    if (rate === undefined) return optional ?? t(`prices.unit.${unit}`)
    const money = formatYuan(rateInYuan(rate))
    return t(`prices.worth.${unit}`, { money, thousand: perThousand(rate) })
  }

  return (
    <Field label={props.label} hint={worth()} error={getFieldState(name, formState).error?.message}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          autoComplete="off"
          className="tabular-nums"
          {...register(name, {
            shouldUnregister: false,
            validate: (text, values) =>
              parseRate(text) !== undefined ||
              (text.trim() === "" && mayMiss(values)) ||
              t("prices.rateWrong"),
          })}
        />
      )}
    </Field>
  )
}
