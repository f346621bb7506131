import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { toast } from "../../ui/toast.tsx"

/** Says that it is done, closes, and shows what it changed. */
export function useGranted(onClose: () => void) {
  const { t } = useTranslation("people")
  const utils = trpc.useUtils()
  return {
    async onSuccess() {
      toast.success(t("done"))
      onClose()
      await utils.invalidate()
    },
  }
}
