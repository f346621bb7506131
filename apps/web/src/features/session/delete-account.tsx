import { useRouter } from "@tanstack/react-router"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { formatPoints } from "../../lib/format.ts"
import { withProof } from "../../lib/proof.ts"
import { whenSignedOut } from "../../lib/signed-out.ts"
import { queryClient, trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { useTold } from "./use-told.ts"

/** Asks for the name, so that nobody does it by mistake, and for a proof when the last one is old. */
export function DeleteAccount(props: { name: string; onClose: () => void }) {
  const { t } = useTranslation("account")
  const { t: words } = useTranslation()
  const router = useRouter()
  const balance = trpc.account.balance.useQuery()
  const { register, handleSubmit, watch } = useForm({ defaultValues: { name: "" } })
  const erase = trpc.account.delete.useMutation({
    async onSuccess() {
      for (const forget of whenSignedOut) forget()
      queryClient.clear()
      await router.navigate({ to: "/sign-in" })
      await router.invalidate()
    },
  })
  const told = useTold(erase.error)
  const submit = handleSubmit((values) =>
    withProof(() => erase.mutateAsync(values)).catch(() => {}),
  )
  const points = balance.data?.available ?? 0

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={t("delete.title")}
      description={t("delete.text")}
      closeLabel={words("common.close")}
      width="sm"
    >
      <form noValidate onSubmit={(event) => void submit(event)}>
        {points > 0 && (
          <p className="mb-4 text-sm">{t("delete.points", { points: formatPoints(points) })}</p>
        )}
        <Field label={t("delete.name", { name: props.name })} error={told.besides()}>
          {(control) => (
            <Input {...control} autoComplete="off" spellCheck={false} {...register("name")} />
          )}
        </Field>
        <DialogActions>
          <Button onClick={props.onClose}>{words("common.cancel")}</Button>
          <Button
            type="submit"
            variant="danger"
            busy={erase.isPending}
            disabled={watch("name").trim().toLowerCase() !== props.name.toLowerCase()}
          >
            {t("delete")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
