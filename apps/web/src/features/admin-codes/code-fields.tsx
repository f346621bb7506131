import type { CodeKind } from "@nio/server/contract"
import type { UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { formatCount } from "../../lib/format.ts"
import { parsePoints } from "../../lib/points.ts"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { type CodeValues, codesAtOnceMax, endOf, isType, parseCount } from "./code-values.ts"

const nameCharsMax = 64

export function CodeFields({ kind, form }: { kind: CodeKind; form: UseFormReturn<CodeValues> }) {
  const { t } = useTranslation("codes")
  const { register, formState } = form
  const { errors } = formState
  const max = formatCount(codesAtOnceMax)
  return (
    <>
      {kind === "gift" && (
        <Field label={t("create.type")} hint={t("create.type.hint")} error={errors.type?.message}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              className="font-mono"
              {...register("type", {
                validate: (text) => isType(text) || t("create.type.wrong"),
              })}
            />
          )}
        </Field>
      )}
      <div className="grid grid-cols-2 gap-4">
        <Field
          label={t("create.points")}
          hint={t("create.points.hint")}
          error={errors.points?.message}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              className="tabular-nums"
              {...register("points", {
                validate: (text) => parsePoints(text) !== undefined || t("create.points.wrong"),
              })}
            />
          )}
        </Field>
        <Field
          label={t("create.count")}
          hint={t("create.count.hint", { max })}
          error={errors.count?.message}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              className="tabular-nums"
              {...register("count", {
                validate: (text) =>
                  parseCount(text) !== undefined || t("create.count.wrong", { max }),
              })}
            />
          )}
        </Field>
      </div>
      <Field label={t("create.name")} hint={t("create.name.hint")}>
        {(control) => (
          <Input {...control} maxLength={nameCharsMax} autoComplete="off" {...register("name")} />
        )}
      </Field>
      <Field
        label={t("create.expires")}
        hint={t("create.expires.hint")}
        error={errors.expires?.message}
      >
        {(control) => (
          <Input
            {...control}
            type="date"
            {...register("expires", {
              validate: (day) => (endOf(day) ?? Infinity) > Date.now() || t("create.expires.wrong"),
            })}
          />
        )}
      </Field>
    </>
  )
}
