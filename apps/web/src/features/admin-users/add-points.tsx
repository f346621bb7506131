import type { UserView } from "@nio/server/contract"
import { type FormEvent, useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatPoints } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"
import { toast } from "../../ui/toast.tsx"

const reasonCharsMax = 200
const pointsMax = 1_000_000_000

/** Digits with at most six decimals: what the ledger can hold. */
const isAmount = (text: string) =>
  /^\d+(?:\.\d{1,6})?$/.test(text.trim()) && Number(text) > 0 && Number(text) <= pointsMax

export function AddPoints({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  /** Made once per opening: sending twice tops up once. */
  const [requestId] = useState(() => crypto.randomUUID())
  const form = useForm({ defaultValues: { points: "", reason: "" }, mode: "onTouched" })
  const { errors } = form.formState
  const add = trpc.user.addPoints.useMutation({
    onSuccess: async ({ available }) => {
      await utils.invalidate()
      toast.success(t("users.added", { name: user.name, points: formatPoints(available) }))
      onClose()
    },
  })

  const submit = (event: FormEvent) =>
    void form.handleSubmit(({ points, reason }) =>
      add.mutate({ userId: user.id, points: Number(points), reason: reason.trim(), requestId }),
    )(event)

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("users.addPoints.title", { name: user.name })}
      description={t("users.addPoints.text", { points: formatPoints(user.available) })}
      closeLabel={words("common.close")}
      width="sm"
    >
      <form noValidate onSubmit={submit} className="grid gap-5">
        <Field label={t("users.amount")} error={errors.points?.message}>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              className="tabular-nums"
              {...form.register("points", {
                validate: (text) => isAmount(text) || t("users.amount.wrong"),
              })}
            />
          )}
        </Field>
        <Field
          label={t("users.reason")}
          hint={t("users.reason.hint")}
          error={errors.reason?.message}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={reasonCharsMax}
              autoComplete="off"
              {...form.register("reason", {
                validate: (text) => text.trim() !== "" || t("users.reason.missing"),
              })}
            />
          )}
        </Field>
        {add.error && (
          <Notice tone="danger" role="alert">
            {sentence(add.error)}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose}>{words("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={add.isPending}>
            {t("users.addPoints")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
