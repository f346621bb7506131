import type { CodeView, RevokeCodes as Which } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Confirm } from "../../ui/confirm.tsx"
import { toast } from "../../ui/toast.tsx"

/** Asks before codes become worthless: one that is named, or all of a batch. */
export function RevokeCodes(props: { which: Which; code?: CodeView; onClose: () => void }) {
  const { t } = useTranslation("codes")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const revoke = trpc.code.revoke.useMutation({
    async onSuccess({ revoked }) {
      await utils.code.invalidate()
      toast.success(t("revoked", { count: revoked }))
      props.onClose()
    },
    onError: (error) => toast.error(sentence(error)),
  })
  return (
    <Confirm
      open
      onOpenChange={props.onClose}
      title={t(props.code ? "revoke.title" : "revokeBatch.title")}
      description={props.code ? t("revoke.text", { code: props.code.code }) : t("revokeBatch.text")}
      confirmLabel={t("revoke")}
      cancelLabel={words("common.cancel")}
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate(props.which)}
    />
  )
}
