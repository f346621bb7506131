import type { share as source } from "../en/share.ts"
import type { Translation } from "../translation.ts"

export const share: Translation<typeof source, "other"> = {
  open: "自分のチャットを始める",
  by: "{name} が {date} に共有 · {model}",
  gone: "ここに共有されたものはありません",
  goneText: "アドレスが途中で切れているか、共有した人が取り消した可能性があります。",
  failed: "会話を読み込めませんでした",
  question: "質問",
  answer: "回答",
  instructions: "モデルへの指示",
  picture: "画像 {number}",
}
