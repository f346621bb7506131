import { useBlocker } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Confirm } from "../../ui/confirm.tsx"

/** Asks before what was typed is left behind: by a link, by going back, by closing the tab. */
export function UnsavedGuard({ active }: { active: boolean }) {
  const { t } = useTranslation("admin")
  const leaving = useBlocker({
    shouldBlockFn: () => active,
    enableBeforeUnload: active,
    withResolver: true,
  })
  return (
    <Confirm
      open={leaving.status === "blocked"}
      onOpenChange={(open) => !open && leaving.reset?.()}
      title={t("channels.unsaved.title")}
      description={t("channels.unsaved.text")}
      confirmLabel={t("channels.unsaved.leave")}
      cancelLabel={t("channels.unsaved.stay")}
      onConfirm={() => leaving.proceed?.()}
    />
  )
}
