import type { ChannelHealth } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { restsUntil, whoRests } from "./rest-in-words.ts"

/** In the list: who sits out and why, the first of them in words. */
export function RestHint({ health }: { health: ChannelHealth }) {
  const { t } = useTranslation("channels")
  const [first, ...others] = health.rests
  if (!first) return null
  return (
    <p className="mt-0.5 text-warning text-xs [overflow-wrap:anywhere]" title={first.message}>
      {whoRests(t, health, first)}, {restsUntil(t, first)}: {t(`reason.${first.reason}`)}
      {others.length > 0 && ` ${t("rest.more", { count: others.length })}`}
    </p>
  )
}
