import { account } from "./account.ts"
import { admin } from "./admin.ts"
import { channels } from "./channels.ts"
import { chat } from "./chat.ts"
import { codes } from "./codes.ts"
import { door } from "./door.ts"
import { factors } from "./factors.ts"
import { keys } from "./keys.ts"
import { money } from "./money.ts"
import { plans } from "./plans.ts"
import { prices } from "./prices.ts"
import type { Scene } from "./scene.ts"
import { takeover } from "./takeover.ts"
import { visitors } from "./visitors.ts"

/** A new one gets a line. They are set in this order. */
export const scenes: Record<string, Scene> = {
  door,
  account,
  chat,
  keys,
  channels,
  codes,
  admin,
  prices,
  plans,
  factors,
  money,
  takeover,
  visitors,
}
