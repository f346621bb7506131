import type { ChannelHealth, RestView } from "@nio/server/contract"
import type { TFunction } from "i18next"
import { formatDateTime } from "../../lib/format.ts"

/** Who sits out: a key by its hint, a model, both, or the whole channel. */
export function whoRests(t: TFunction<"channels">, { keys }: ChannelHealth, rest: RestView) {
  const hint = keys.find(({ id }) => id === rest.keyId)?.hint ?? "…"
  const { keyId, model } = rest
  if (keyId !== undefined && model !== undefined) return t("rest.keyForModel", { hint, model })
  if (keyId !== undefined) return t("rest.key", { hint })
  return model === undefined ? t("rest.channel") : t("rest.model", { model })
}

export function restsUntil(t: TFunction<"channels">, { until, probing }: RestView) {
  if (until === null) return t("rest.untilYou")
  return probing ? t("rest.probing") : t("rest.until", { time: formatDateTime(until) })
}
