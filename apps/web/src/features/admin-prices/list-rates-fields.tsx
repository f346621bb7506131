import type { ListRates } from "@nio/server/contract"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"

const names = ["cnyPerUsd", "pointsPerCny"] as const
/** What the server takes. */
const most: Record<keyof ListRates, number> = { cnyPerUsd: 1_000, pointsPerCny: 1_000_000 }
const least = 0.01

/** What a dollar of the list is worth here. Takes effect when a field is left, or Enter pressed. */
export function ListRatesFields(props: { rates: ListRates; onChange: (rates: ListRates) => void }) {
  const { t } = useTranslation("prices")
  const [typed, setTyped] = useState(() => ({
    cnyPerUsd: String(props.rates.cnyPerUsd),
    pointsPerCny: String(props.rates.pointsPerCny),
  }))
  const value = (name: keyof ListRates) => {
    const rate = Number(typed[name].trim().replace(",", "."))
    return rate >= least && rate <= most[name] ? rate : undefined
  }

  function commit() {
    const [cnyPerUsd, pointsPerCny] = names.map(value)
    if (cnyPerUsd !== undefined && pointsPerCny !== undefined)
      props.onChange({ cnyPerUsd, pointsPerCny })
  }

  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      {names.map((name) => (
        <Field
          key={name}
          label={t(`list.${name}`)}
          error={value(name) === undefined ? t("list.rateWrong") : undefined}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              className="tabular-nums"
              value={typed[name]}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              onBlur={commit}
              onKeyDown={(event) => event.key === "Enter" && commit()}
            />
          )}
        </Field>
      ))}
    </div>
  )
}
