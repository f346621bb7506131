import type { CodeKind } from "@nio/server/contract"
import { toMicropoints } from "@nio/server/contract/micropoints"
import { type FormEvent, useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatCount, formatPoints } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Notice } from "../../ui/notice.tsx"
import { CodeFields } from "./code-fields.tsx"
import { createOf, emptyValues, worthOf } from "./code-values.ts"
import { MadeCodes } from "./made-codes.tsx"

export function CreateCodes(props: {
  kind: CodeKind
  onMade: (batchId: string) => void
  onClose: () => void
}) {
  const { kind } = props
  const { t } = useTranslation("codes")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  // Sent again after a failure it makes one batch, whatever became of the first answer.
  const [requestId] = useState(() => crypto.randomUUID())
  const form = useForm({ defaultValues: emptyValues, mode: "onTouched" })
  const worth = worthOf(form.watch())
  const create = trpc.code.create.useMutation({
    async onSuccess({ batchId }) {
      props.onMade(batchId)
      await utils.code.invalidate()
    },
  })
  const submit = (event: FormEvent) =>
    void form.handleSubmit((values) => create.mutate(createOf(kind, values, requestId)))(event)

  if (create.data)
    return <MadeCodes kind={kind} batchId={create.data.batchId} onClose={props.onClose} />
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={t("create")}
      description={t(`kind.${kind}.text`)}
      closeLabel={words("common.close")}
      width="sm"
    >
      <form noValidate onSubmit={submit} className="grid gap-5">
        <CodeFields kind={kind} form={form} />
        {worth && (
          <p className="text-muted text-sm tabular-nums">
            {t("create.total", {
              count: formatCount(worth.count),
              points: formatPoints(toMicropoints(worth.points)),
            })}
          </p>
        )}
        {create.error && (
          <Notice tone="danger" role="alert">
            {sentence(create.error)}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={props.onClose}>{words("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={create.isPending}>
            {t("create.submit")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
