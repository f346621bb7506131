import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { ReasonDialog } from "../../ui/reason-dialog.tsx"
import { useGranted } from "./use-granted.ts"

/** Makes unused what somebody has used this month, when that is really meant. */
export function ReleaseUsage({ userId, onClose }: { userId: string; onClose: () => void }) {
  const { t } = useTranslation("plans")
  const release = trpc.user.releasePlanUsage.useMutation(useGranted(onClose))
  return (
    <ReasonDialog
      title={t("grant.release.title")}
      text={t("grant.release.text")}
      confirm={t("grant.release")}
      danger
      busy={release.isPending}
      error={release.error}
      onSubmit={(reason) => release.mutate({ userId, reason })}
      onClose={onClose}
    />
  )
}
