import { CloudOff } from "lucide-react"
import { useEffect, useState, useSyncExternalStore } from "react"
import { useTranslation } from "react-i18next"
import { socketState } from "./chat-client.ts"

/** A short break is mended before anyone need know of it. */
const quietMs = 1_500

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      addEventListener("online", listener)
      addEventListener("offline", listener)
      return () => {
        removeEventListener("online", listener)
        removeEventListener("offline", listener)
      }
    },
    () => navigator.onLine,
  )
}

export function ConnectionBanner() {
  const { t } = useTranslation()
  const online = useOnline()
  const state = socketState.use()
  const broken = state === "waiting"
  const [lasting, setLasting] = useState(false)

  useEffect(() => {
    if (!broken) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), quietMs)
    return () => clearTimeout(timer)
  }, [broken])

  if (online && !lasting) return null
  return (
    <p
      role="status"
      className="mx-3 mb-2 flex shrink-0 items-center justify-center gap-2 rounded-md bg-warning-soft px-3 py-2 text-sm text-warning"
    >
      <CloudOff className="size-4 shrink-0" />
      {t(online ? "shell.reconnecting" : "shell.offline")}
    </p>
  )
}
