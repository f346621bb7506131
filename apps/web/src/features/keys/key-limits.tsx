import type { KeyGroup } from "@nio/server/contract"
import type { UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { Input, Textarea } from "../../ui/input.tsx"
import { type KeyValues, numbers, pointsOf } from "./key-form-values.ts"
import { ModelPick } from "./model-pick.tsx"

/** What the key may do. Everything may be left empty. */
export function KeyLimits(props: {
  form: UseFormReturn<KeyValues>
  /** Groups to choose from; nothing is asked when there is no choice. */
  groups: readonly KeyGroup[]
}) {
  const { t } = useTranslation("keys")
  const { register, watch, setValue, formState } = props.form
  const { errors } = formState

  const isCount = (max: number) => (text: string) =>
    text.trim() === "" ||
    (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= max) ||
    t("limits.numberWrong", { max: max.toLocaleString() })

  return (
    <div className="grid gap-5">
      <Field label={t("limits.cap")} hint={t("limits.cap.hint")} error={errors.cap?.message}>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            className="tabular-nums"
            placeholder={t("limits.none")}
            {...register("cap", {
              validate: (text) =>
                text.trim() === "" || pointsOf(text) !== undefined || t("limits.cap.wrong"),
            })}
          />
        )}
      </Field>
      <Field label={t("limits.expires")} hint={t("limits.expires.hint")}>
        {(control) => <Input {...control} type="datetime-local" {...register("expires")} />}
      </Field>
      <ModelPick
        chosen={watch("models")}
        onChange={(models) => setValue("models", models, { shouldDirty: true })}
      />
      <div className="grid items-start gap-5 sm:grid-cols-3">
        {numbers.map(({ name, max }) => (
          <Field key={name} label={t(`limits.${name}`)} error={errors[name]?.message}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                autoComplete="off"
                className="tabular-nums"
                placeholder={t("limits.none")}
                {...register(name, { validate: isCount(max) })}
              />
            )}
          </Field>
        ))}
      </div>
      <Field
        label={t("limits.addresses")}
        hint={t("limits.addresses.hint")}
        error={errors.addresses?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            placeholder={"203.0.113.0/24\n2001:db8::/32"}
            {...register("addresses")}
          />
        )}
      </Field>
      {props.groups.length > 1 && (
        <Groups
          groups={props.groups}
          chosen={watch("groups")}
          onChange={(groups) => setValue("groups", groups, { shouldDirty: true })}
        />
      )}
    </div>
  )
}

function Groups(props: {
  groups: readonly KeyGroup[]
  chosen: readonly KeyGroup[]
  onChange: (groups: KeyGroup[]) => void
}) {
  const { t } = useTranslation("keys")
  const { chosen, onChange } = props
  return (
    <fieldset>
      <legend className="font-medium text-sm">{t("limits.groups")}</legend>
      <div className="mt-2 flex flex-wrap gap-x-5 gap-y-2">
        {props.groups.map((group) => (
          <label key={group} className="flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-(--color-accent)"
              checked={chosen.includes(group)}
              onChange={(event) =>
                onChange(
                  event.target.checked
                    ? [...chosen, group]
                    : chosen.filter((other) => other !== group),
                )
              }
            />
            {t(`group.${group}`)}
          </label>
        ))}
      </div>
      <p className="mt-2 text-muted text-xs">{t("limits.groups.hint")}</p>
    </fieldset>
  )
}
