import type { ConversationSummary } from "@nio/server/contract"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"

const titleCharsMax = 255

export function RenameConversation(props: {
  conversation: ConversationSummary
  onClose: () => void
}) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const { id, title } = props.conversation
  const rename = trpc.conversation.rename.useMutation({
    onSuccess: props.onClose,
    onSettled: () =>
      Promise.all([
        utils.conversation.list.invalidate(),
        utils.conversation.get.invalidate({ id }),
      ]),
  })
  const { register, handleSubmit, formState } = useForm({ defaultValues: { title } })

  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={t("list.renameTitle")}
      closeLabel={t("common.close")}
      width="sm"
    >
      <form
        noValidate
        onSubmit={handleSubmit((values) => rename.mutate({ id, title: values.title.trim() }))}
      >
        <Field
          label={t("list.title")}
          error={
            formState.errors.title?.message ?? (rename.error ? sentence(rename.error) : undefined)
          }
        >
          {(control) => (
            <Input
              {...control}
              maxLength={titleCharsMax}
              autoComplete="off"
              {...register("title", {
                validate: (value) => value.trim() !== "" || t("list.titleMissing"),
              })}
            />
          )}
        </Field>
        <DialogActions>
          <Button onClick={props.onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={rename.isPending}>
            {t("common.save")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
