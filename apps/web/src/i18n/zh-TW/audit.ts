import type { audit as source } from "../en/audit.ts"
import type { Translation } from "../translation.ts"

export const audit: Translation<typeof source, "other"> = {
  title: "稽核記錄",
  text: "管理員的操作記錄，最新的在前：操作人、對象和變更內容。此處的記錄無法修改。",
  actor: "操作人",
  "actor.none": "命令列",
  act: "操作",
  "act.all": "全部",
  from: "開始日期",
  to: "結束日期",
  fields_other: "另有 {count} 個欄位",
  more: "顯示更多",
  "empty.title": "尚無任何變更",
  "empty.text": "管理員的每項操作都會列在這裡。",
  "none.title": "沒有符合條件的記錄",
  "none.text": "請變更或清除篩選條件。",
}
