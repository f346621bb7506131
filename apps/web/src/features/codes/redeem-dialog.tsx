import { useTranslation } from "react-i18next"
import { redeemOpen } from "../../lib/redeem-open.ts"
import { Dialog } from "../../ui/dialog.tsx"
import { RedeemCode } from "./redeem-code.tsx"

export function RedeemDialog() {
  const { t } = useTranslation("codes")
  const { t: words } = useTranslation()
  return (
    <Dialog
      open={redeemOpen.use()}
      onOpenChange={redeemOpen.set}
      title={t("redeem.title")}
      description={t("redeem.text")}
      closeLabel={words("common.close")}
      width="sm"
    >
      <RedeemCode onDone={() => redeemOpen.set(false)} />
    </Dialog>
  )
}
