import type { PriceRule } from "@nio/server/contract"
import { type FormEvent, useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Textarea } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Segmented } from "../../ui/segmented.tsx"
import { toast } from "../../ui/toast.tsx"
import { formatRate, parseRate } from "./rate.ts"
import { RateInput } from "./rate-input.tsx"

/** What is being priced: a rule that exists, or models that have none. */
export type PriceDraft = { id?: string; rule?: PriceRule; models: readonly string[] }

export type PriceValues = { models: string; input: string; output: string; request: string }

const types = ["per-token", "per-request", "free"] as const

const modelLines = (text: string) => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

export function PriceDialog({ draft, onClose }: { draft: PriceDraft; onClose: () => void }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [type, setType] = useState<PriceRule["type"]>(draft.rule?.type ?? "per-token")
  const [anonymous, setAnonymous] = useState(draft.rule?.anonymous ?? false)
  const form = useForm<PriceValues>({ defaultValues: valuesOf(draft), mode: "onTouched" })
  const save = trpc.price.save.useMutation({
    onSuccess: async () => {
      await utils.invalidate()
      toast.success(t("prices.saved"))
      onClose()
    },
  })

  const submit = (event: FormEvent) =>
    void form.handleSubmit((values) =>
      save.mutate({
        ...(draft.id && { id: draft.id }),
        rule: ruleOf(values, type, anonymous),
      }),
    )(event)

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(draft.id ? "prices.edit" : "prices.new")}
      description={t("prices.rule.text")}
      closeLabel={words("common.close")}
    >
      <form noValidate onSubmit={submit} className="grid gap-5">
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
              {...form.register("models", {
                validate: (text) => modelLines(text).length > 0 || t("prices.models.missing"),
              })}
            />
          )}
        </Field>
        <div className="grid justify-items-start gap-1.5">
          <span className="font-medium text-sm">{t("prices.type")}</span>
          <Segmented
            label={t("prices.type")}
            value={type}
            onChange={setType}
            options={types.map((value) => ({ value, label: t(`prices.type.${value}`) }))}
          />
        </div>
        {type === "per-token" && (
          <div className="grid items-start gap-5 sm:grid-cols-2">
            <RateInput
              form={form}
              name="input"
              unit="per-thousand-tokens"
              label={t("prices.input")}
            />
            <RateInput
              form={form}
              name="output"
              unit="per-thousand-tokens"
              label={t("prices.output")}
            />
          </div>
        )}
        {type === "per-request" && (
          <RateInput form={form} name="request" unit="per-request" label={t("prices.request")} />
        )}
        {type === "free" && (
          <label className="flex items-center gap-2.5 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-(--color-accent)"
              checked={anonymous}
              onChange={(event) => setAnonymous(event.target.checked)}
            />
            {t("prices.anonymous")}
          </label>
        )}
        {save.error && (
          <Notice tone="danger" role="alert">
            {sentence(save.error)}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose}>{words("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={save.isPending}>
            {words("common.save")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function valuesOf({ rule, models }: PriceDraft): PriceValues {
  return {
    models: (rule?.models ?? models).join("\n"),
    input: rule?.type === "per-token" ? formatRate(rule.input, "per-thousand-tokens") : "",
    output: rule?.type === "per-token" ? formatRate(rule.output, "per-thousand-tokens") : "",
    request: rule?.type === "per-request" ? formatRate(rule.output, "per-request") : "",
  }
}

/** The form is valid when this is called, so every rate in use can be read. */
function ruleOf(values: PriceValues, type: PriceRule["type"], anonymous: boolean): PriceRule {
  const models = modelLines(values.models)
  const token = (text: string) => parseRate(text, "per-thousand-tokens") ?? 0
  if (type === "per-token")
    return {
      type,
      models,
      input: token(values.input),
      output: token(values.output),
      anonymous: false,
    }
  const output = type === "per-request" ? (parseRate(values.request, "per-request") ?? 0) : 0
  return { type, models, input: 0, output, anonymous: type === "free" && anonymous }
}
