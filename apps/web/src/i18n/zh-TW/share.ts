import type { share as source } from "../en/share.ts"
import type { Translation } from "../translation.ts"

export const share: Translation<typeof source, "other"> = {
  open: "開始自己的對話",
  by: "{name} 分享於 {date} · {model}",
  gone: "此處沒有分享內容",
  goneText: "連結可能不完整，或分享者已將其收回。",
  failed: "無法載入對話",
  question: "提問",
  answer: "回答",
  instructions: "給模型的指示",
  picture: "圖片 {number}",
}
