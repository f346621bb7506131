import type { audit as source } from "../en/audit.ts"
import type { Translation } from "../translation.ts"

export const audit: Translation<typeof source, "other"> = {
  title: "監査ログ",
  text: "管理者の操作を新しい順に表示します。誰が、何に対して、何を変更したか。ここから変更することはできません。",
  actor: "操作した人",
  "actor.none": "コマンドライン",
  act: "操作",
  "act.all": "すべて",
  from: "開始日",
  to: "終了日",
  fields_other: "ほか {count} 項目",
  more: "さらに表示",
  "empty.title": "まだ変更はありません",
  "empty.text": "管理者の操作はすべてここに記録されます。",
  "none.title": "該当する記録はありません",
  "none.text": "条件を変更するか、解除してください。",
}
