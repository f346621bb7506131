import type { PriceView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { toast } from "../../ui/toast.tsx"

/** Takes the models that an earlier rule prices out of this one; the rule goes when none is left. */
export function RemoveShadowed(props: { price: PriceView; models: ReadonlySet<string> }) {
  const { price, models } = props
  const { t } = useTranslation("prices")
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const done = {
    onSuccess: () => toast.success(t("removed")),
    onError: (error: Parameters<typeof sentence>[0]) => toast.error(sentence(error)),
    onSettled: () => utils.invalidate(),
  }
  const save = trpc.price.save.useMutation(done)
  const remove = trpc.price.delete.useMutation(done)

  function take() {
    const { id, position: _position, updatedAt: _updatedAt, ...rule } = price
    const left = rule.models.filter((model) => !models.has(model))
    if (left.length > 0) save.mutate({ id, rule: { ...rule, models: left } })
    else remove.mutate({ id })
  }

  return (
    <Button
      size="sm"
      className="justify-self-start"
      busy={save.isPending || remove.isPending}
      onClick={take}
    >
      {t("remove", { count: models.size })}
    </Button>
  )
}
