import { useRegisterSW } from "virtual:pwa-register/react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"

const checkEveryMs = 60 * 60_000

/** Offers a reload when a newer version of the page is there. Until then the old one goes on. */
export function UpdatePrompt() {
  const { t } = useTranslation()
  const {
    needRefresh: [ready, setReady],
    updateServiceWorker,
  } = useRegisterSW({
    onRegisteredSW(_, registration) {
      if (registration) setInterval(() => void registration.update().catch(() => {}), checkEveryMs)
    },
  })
  if (!ready) return null

  return (
    <div
      role="status"
      className="fixed inset-x-3 top-3 z-50 mx-auto flex max-w-md animate-rise items-center gap-3 rounded-md bg-raised py-2 pr-2 pl-4 shadow-float"
    >
      <span className="grow text-sm">{t("shell.update")}</span>
      <Button size="sm" variant="ghost" onClick={() => setReady(false)}>
        {t("shell.update.later")}
      </Button>
      <Button size="sm" variant="primary" onClick={() => void updateServiceWorker(true)}>
        {t("shell.update.reload")}
      </Button>
    </div>
  )
}
