import type { PriceView } from "@nio/server/contract"
import { Pencil, Trash2 } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Confirm } from "../../ui/confirm.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { toast } from "../../ui/toast.tsx"

export function PriceActions({ price, onEdit }: { price: PriceView; onEdit: () => void }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [asking, setAsking] = useState(false)
  const remove = trpc.price.delete.useMutation({
    onSuccess: () => toast.success(t("prices.deleted")),
    onError: (error) => toast.error(sentence(error)),
    onSettled: () => utils.invalidate(),
  })
  return (
    <span className="inline-flex">
      <IconButton label={words("common.edit")} onClick={onEdit}>
        <Pencil className="size-4" />
      </IconButton>
      <IconButton label={words("common.delete")} onClick={() => setAsking(true)}>
        <Trash2 className="size-4" />
      </IconButton>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("prices.delete.title")}
        description={t("prices.delete.text", { models: price.models.join(", ") })}
        confirmLabel={words("common.delete")}
        cancelLabel={words("common.cancel")}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: price.id }, { onError: () => setAsking(false) })}
      />
    </span>
  )
}
