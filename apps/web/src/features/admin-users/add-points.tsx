import type { UserView } from "@nio/server/contract"
import { toMicropoints } from "@nio/server/contract/micropoints"
import { type FormEvent, useRef } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { yuanOf } from "../../lib/decimal.ts"
import { formatPoints, formatYuan } from "../../lib/format.ts"
import { parsePoints } from "../../lib/points.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"
import { toast } from "../../ui/toast.tsx"

const reasonCharsMax = 200

export function AddPoints({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const requestIdOf = useRequestIds()
  const form = useForm({ defaultValues: { points: "", reason: "" }, mode: "onTouched" })
  const { errors } = form.formState
  const points = parsePoints(form.watch("points"))
  const add = trpc.user.addPoints.useMutation({
    onSuccess: ({ available }) => {
      toast.success(t("users.added", { name: user.name, points: formatPoints(available) }))
      onClose()
    },
    onSettled: () => utils.invalidate(),
  })

  const submit = (event: FormEvent) =>
    void form.handleSubmit((values) => {
      const reason = values.reason.trim()
      const amount = parsePoints(values.points) ?? 0
      const requestId = requestIdOf(`${amount} ${reason}`)
      add.mutate({ userId: user.id, points: amount, reason, requestId })
    })(event)

  function after() {
    if (points === undefined) return t("users.amount.hint")
    const micro = toMicropoints(points)
    const money = formatYuan(yuanOf(micro))
    return t("users.amount.after", { money, points: formatPoints(user.available + micro) })
  }

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
        <Field label={t("users.amount")} hint={after()} error={errors.points?.message}>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              className="tabular-nums"
              {...form.register("points", {
                validate: (text) => parsePoints(text) !== undefined || t("users.amount.wrong"),
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
          <Notice tone="danger" role="alert" title={sentence(add.error)}>
            {t("users.addPoints.again")}
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

/** One id for one content, as long as the form is open: sent again after a failure, it counts once. */
function useRequestIds() {
  const ids = useRef(new Map<string, string>())
  return (content: string): string => {
    const id = ids.current.get(content) ?? crypto.randomUUID()
    ids.current.set(content, id)
    return id
  }
}
