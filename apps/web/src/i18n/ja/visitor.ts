import type { visitor as source } from "../en/visitor.ts"
import type { Translation } from "../translation.ts"

export const visitor: Translation<typeof source, "other"> = {
  title: "何でも聞いてください",
  text: "サインインしていません。下のモデルは誰でも使えます。会話はこのブラウザーにだけ保存されます。",
  conversations: "あなたの会話",
  "new": "新しいチャット",
  delete: "{title} を削除",
  kept: "このブラウザーにだけ保存されます。アカウントを作ると会話を引き継ぎ、どの端末でも見られます。",
  signIn: "サインインまたは新規登録",
  tryIt: "アカウントなしで試す",
  "claim.title_other": "{count} 件の会話を残しますか？",
  "claim.text":
    "サインインする前にこのブラウザーで行った会話です。残すとアカウントに保存され、どの端末でも見られます。",
  "claim.keep": "残す",
  "claim.delete": "削除",
  claimed_other: "{count} 件の会話をアカウントに保存しました。",
}
