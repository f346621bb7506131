import { FormProvider, useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { withProof } from "../../lib/proof.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { toast } from "../../ui/toast.tsx"
import { MailFields } from "./mail-fields.tsx"
import { useTold } from "./use-told.ts"

export function ChangeEmail({ title, onClose }: { title: string; onClose: () => void }) {
  const { t } = useTranslation("account")
  const { t: words } = useTranslation()
  const utils = trpc.useUtils()
  const form = useForm({ defaultValues: { email: "", code: "" } })
  const order = trpc.account.emailCode.useMutation()
  const change = trpc.account.changeEmail.useMutation({
    async onSuccess() {
      await utils.account.profile.invalidate()
      toast.success(t("profile.emailChanged"))
      onClose()
    },
  })
  const orderTold = useTold(order.error)
  const told = useTold(change.error)
  const elsewhere = told.besides("mail-code.wrong")
  const submit = form.handleSubmit(({ email, code }) =>
    withProof(() => change.mutateAsync({ email: email.trim(), code })).catch(() => {}),
  )

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      closeLabel={words("common.close")}
      width="sm"
    >
      <FormProvider {...form}>
        <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
          <MailFields
            label={t("profile.newEmail")}
            send={(input) => withProof(() => order.mutateAsync(input))}
            sending={order.isPending}
            orderTold={orderTold.besides()}
            codeTold={told.about("mail-code.wrong")}
          />
          {elsewhere && (
            <p role="alert" className="text-danger text-sm">
              {elsewhere}
            </p>
          )}
          <DialogActions>
            <Button onClick={onClose}>{words("common.cancel")}</Button>
            <Button type="submit" variant="primary" busy={change.isPending}>
              {words("common.save")}
            </Button>
          </DialogActions>
        </form>
      </FormProvider>
    </Dialog>
  )
}
