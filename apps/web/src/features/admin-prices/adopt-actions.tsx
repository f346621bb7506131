import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import type { useAdoption } from "./use-adoption.ts"

/** Stays in sight below a long list. */
export function AdoptActions(props: {
  adoption: ReturnType<typeof useAdoption>
  onClose: () => void
  onApply: () => void
}) {
  const { adoption } = props
  const { t } = useTranslation("prices")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const count = adoption.chosen.size
  return (
    <div className="sticky -bottom-5 -mx-5 -mb-5 border-line border-t bg-raised px-5 pt-3 pb-5">
      {adoption.error && (
        <div className="pb-3">
          <Notice tone="danger" role="alert">
            {sentence(adoption.error)}
          </Notice>
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={props.onClose}>{words("common.cancel")}</Button>
        <Button
          variant="primary"
          busy={adoption.busy}
          disabled={count === 0}
          onClick={props.onApply}
        >
          {t("apply", { count })}
        </Button>
      </div>
    </div>
  )
}
