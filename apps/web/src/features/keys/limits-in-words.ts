import type { ApiKeyTerms } from "@nio/server/contract"
import type { TFunction } from "i18next"
import { formatCount, formatDateTime, formatPoints } from "../../lib/format.ts"

/** More are counted, not named. */
const namedMax = 3

/** What a key is kept to, one limit at a time; nothing for one without limits. */
export function limitsInWords(
  t: TFunction<"keys">,
  { limits, spendCap }: Pick<ApiKeyTerms, "limits" | "spendCap">,
): string[] {
  const { models, groups, addresses, expiresAt } = limits
  const { requestsPerMinute, tokensPerMinute, concurrency } = limits
  const words: (string | false)[] = [
    spendCap !== null && t("told.cap", { points: formatPoints(spendCap) }),
    expiresAt !== null && t("told.expires", { date: formatDateTime(expiresAt) }),
    models.length > namedMax
      ? t("told.models", { count: models.length })
      : models.length > 0 && models.join(", "),
    groups.length > 0 && groups.map((group) => t(`group.${group}`)).join(", "),
    addresses.length > namedMax
      ? t("told.addresses", { count: addresses.length })
      : addresses.length > 0 && addresses.join(", "),
    requestsPerMinute !== null && t("told.requests", { limit: formatCount(requestsPerMinute) }),
    tokensPerMinute !== null && t("told.tokens", { limit: formatCount(tokensPerMinute) }),
    concurrency !== null && t("told.concurrency", { limit: formatCount(concurrency) }),
  ]
  return words.filter((word) => word !== false)
}
