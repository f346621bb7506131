import type { ConversationSummary } from "@nio/server/contract"
import { useNavigate, useParams } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Confirm } from "../../ui/confirm.tsx"
import { toast } from "../../ui/toast.tsx"

export function DeleteConversation(props: {
  conversation: ConversationSummary
  onClose: () => void
}) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const navigate = useNavigate()
  const utils = trpc.useUtils()
  const open = useParams({ strict: false }).id
  const { id, title } = props.conversation
  const remove = trpc.conversation.delete.useMutation({
    async onSuccess() {
      if (open === id) await navigate({ to: "/" })
      props.onClose()
      toast.success(t("list.deleted"))
    },
    onError: (error) => toast.error(sentence(error)),
    onSettled: () => utils.conversation.list.invalidate(),
  })

  return (
    <Confirm
      open
      onOpenChange={props.onClose}
      title={t("list.deleteTitle")}
      description={t("list.deleteText", { title: title || t("list.untitled") })}
      confirmLabel={t("list.delete")}
      cancelLabel={t("common.cancel")}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ id })}
    />
  )
}
