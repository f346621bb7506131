import { useTranslation } from "react-i18next"
import type { admin } from "../../i18n/en/admin.ts"

type KindKey = Extract<keyof typeof admin, `channels.test.kind.${string}`>

/** What a kind of an upstream's failure means for whoever runs the channel. */
export function useKindSentence() {
  const { t, i18n } = useTranslation("admin")
  return (kind: string): string => {
    const key = `channels.test.kind.${kind}`
    return i18n.exists(key, { ns: "admin" }) ? t(key as KindKey) : kind
  }
}
