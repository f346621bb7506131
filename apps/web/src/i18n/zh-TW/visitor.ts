import type { visitor as source } from "../en/visitor.ts"
import type { Translation } from "../translation.ts"

export const visitor: Translation<typeof source, "other"> = {
  title: "問點什麼吧",
  text: "你還沒有登入：下面的模型對所有人開放。對話只儲存在這個瀏覽器裡。",
  conversations: "你的對話",
  "new": "新對話",
  delete: "刪除 {title}",
  kept: "只儲存在這個瀏覽器裡。註冊帳號後可以帶走對話，在所有裝置上檢視。",
  signIn: "登入或註冊",
  tryIt: "不登入先試試",
  "claim.title_other": "保留這 {count} 個對話嗎？",
  "claim.text": "它們是你登入前在這個瀏覽器裡進行的。保留後會存入你的帳號，在所有裝置上可見。",
  "claim.keep": "保留",
  "claim.delete": "刪除",
  claimed_other: "{count} 個對話已存入你的帳號。",
}
