import type { admin as source } from "../en/admin.ts"
import type { Translation } from "../translation.ts"

export const admin: Translation<typeof source, "other"> = {
  "channels.title": "チャネル",
  "prices.title": "料金",
  "users.title": "ユーザー",
}
