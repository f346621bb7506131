import type { PriceRule } from "@nio/server/contract"
import { type FormEvent, useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Segmented } from "../../ui/segmented.tsx"
import { toast } from "../../ui/toast.tsx"
import { PriceDetails } from "./price-details.tsx"
import { PriceModels } from "./price-models.tsx"
import { type PriceDraft, type PriceValues, ruleOf, valuesOf } from "./price-values.ts"
import { RateInput } from "./rate-input.tsx"

const types = ["per-token", "per-request", "free"] as const

export function PriceDialog({ draft, onClose }: { draft: PriceDraft; onClose: () => void }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const { data: rules = [] } = trpc.price.list.useQuery()
  const [type, setType] = useState<PriceRule["type"]>(draft.rule?.type ?? "per-token")
  const [anonymous, setAnonymous] = useState(draft.rule?.anonymous ?? false)
  const form = useForm<PriceValues>({ defaultValues: valuesOf(draft) })
  const save = trpc.price.save.useMutation({
    onSuccess: async () => {
      await utils.invalidate()
      toast.success(t("prices.saved"))
      onClose()
    },
  })

  const at = rules.findIndex(({ id }) => id === draft.id)

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
        <PriceModels form={form} earlier={at < 0 ? rules : rules.slice(0, at)} />
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
          <>
            <div className="grid items-start gap-5 sm:grid-cols-2">
              <RateInput
                form={form}
                name="input"
                unit="per-million-tokens"
                label={t("prices.input")}
              />
              <RateInput
                form={form}
                name="output"
                unit="per-million-tokens"
                label={t("prices.output")}
              />
            </div>
            <PriceDetails form={form} />
          </>
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
