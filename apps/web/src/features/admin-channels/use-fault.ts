import type { ChannelView, ProviderView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"

/** Why the channel cannot be used, when it cannot. `providers` is undefined until they are known. */
export function useFault(
  channel: ChannelView,
  providers: readonly ProviderView[] | undefined,
): string | undefined {
  const { t } = useTranslation("admin")
  if (channel.broken) return channel.broken
  if (providers && !providers.some(({ id }) => id === channel.provider))
    return t("channels.fault.provider", { provider: channel.provider })
  if (channel.secretHints.length === 0) return t("channels.fault.secrets")
  return undefined
}
