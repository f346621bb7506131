import type { PriceView } from "@nio/server/contract"
import { modelName } from "@nio/server/contract/channel"
import type { UseFormReturn } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Textarea } from "../../ui/input.tsx"
import { PickModel } from "./pick-model.tsx"
import { modelLines, type PriceValues } from "./price-values.ts"
import { takenBy } from "./taken-by.ts"

/** The models of a rule: typed, pasted or picked from what the channels offer. */
export function PriceModels(props: {
  form: UseFormReturn<PriceValues>
  /** Rules that are looked up before this one. */
  earlier: readonly PriceView[]
}) {
  const { form, earlier } = props
  const { t } = useTranslation("admin")
  const { t: priceWords } = useTranslation("prices")
  const models = modelLines(form.watch("models"))
  const taken = takenBy(earlier, models)

  const setModels = (names: readonly string[]) =>
    form.setValue("models", names.join("\n"), { shouldDirty: true, shouldValidate: true })

  function judge(text: string) {
    const names = modelLines(text)
    const model = names.find((name) => !modelName.safeParse(name).success)
    if (names.length === 0) return t("prices.models.missing")
    return model === undefined || t("prices.models.wrong", { model })
  }

  return (
    <div className="grid gap-2">
      <Field
        label={t("prices.models")}
        hint={t("prices.models.hint")}
        error={form.formState.errors.models?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            className="font-mono"
            {...form.register("models", { validate: judge })}
          />
        )}
      </Field>
      <PickModel chosen={models} onPick={(model) => setModels([...models, model])} />
      {taken.size > 0 && (
        <>
          <ul role="status" className="grid gap-1 text-warning text-xs">
            {[...taken].map(([model, rule]) => (
              <li key={model}>{t("prices.conflict", { model, rule })}</li>
            ))}
          </ul>
          <Button
            size="sm"
            className="justify-self-start"
            onClick={() => setModels(models.filter((model) => !taken.has(model)))}
          >
            {priceWords("remove", { count: taken.size })}
          </Button>
        </>
      )}
    </div>
  )
}
