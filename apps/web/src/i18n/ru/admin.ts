import type { admin as source } from "../en/admin.ts"
import type { Translation } from "../translation.ts"

export const admin: Translation<typeof source, "one" | "few" | "many" | "other"> = {
  "channels.title": "Каналы",
  "prices.title": "Цены",
  "users.title": "Пользователи",
}
