import type { admin as source } from "../en/admin.ts"
import type { Translation } from "../translation.ts"

export const admin: Translation<typeof source, "other"> = {
  "channels.title": "渠道",
  "prices.title": "价格",
  "users.title": "用户",
}
