/** @see https://www.volcengine.com/docs/82379/1330310 */
export const models = [
  "doubao-seed-2.0-pro",
  "doubao-seed-2.0-lite",
  "doubao-seed-2.0-mini",
  "doubao-seed-2.0-code",
  "doubao-seed-1.8",
  "doubao-seed-1.6",
  "doubao-seed-1.6-flash",
  "doubao-seed-1.6-thinking",
  "doubao-1.5-pro-32k",
  "Doubao-1.5-pro-256k",
  "Doubao-1.5-lite-32k",
  "skylark-chat",
  "skylark-pro-public",
  "skylark-plus-public",
  "skylark-lite-public",
] as const
