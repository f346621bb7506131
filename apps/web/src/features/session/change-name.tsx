import { FormProvider, useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { withProof } from "../../lib/proof.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { toast } from "../../ui/toast.tsx"
import { NameField } from "./name-field.tsx"
import { useTold } from "./use-told.ts"

export function ChangeName(props: { name: string; onClose: () => void }) {
  const { t } = useTranslation("account")
  const { t: words } = useTranslation()
  const utils = trpc.useUtils()
  const form = useForm({ defaultValues: { name: props.name } })
  const rename = trpc.account.rename.useMutation({
    async onSuccess(session) {
      utils.session.current.setData(undefined, session)
      await utils.account.profile.invalidate()
      toast.success(t("profile.renamed"))
      props.onClose()
    },
  })
  const told = useTold(rename.error)
  const submit = form.handleSubmit((values) =>
    withProof(() => rename.mutateAsync(values)).catch(() => {}),
  )

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={t("profile.rename")}
      closeLabel={words("common.close")}
      width="sm"
    >
      <FormProvider {...form}>
        <form noValidate onSubmit={(event) => void submit(event)}>
          <NameField told={told.besides()} />
          <DialogActions>
            <Button onClick={props.onClose}>{words("common.cancel")}</Button>
            <Button type="submit" variant="primary" busy={rename.isPending}>
              {words("common.save")}
            </Button>
          </DialogActions>
        </form>
      </FormProvider>
    </Dialog>
  )
}
