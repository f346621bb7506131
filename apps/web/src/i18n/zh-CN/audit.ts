import type { audit as source } from "../en/audit.ts"
import type { Translation } from "../translation.ts"

export const audit: Translation<typeof source, "other"> = {
  title: "审计日志",
  text: "管理员的操作记录，最新的在前：操作人、对象和变更内容。此处的记录不可修改。",
  actor: "操作人",
  "actor.none": "命令行",
  act: "操作",
  "act.all": "全部",
  from: "开始日期",
  to: "结束日期",
  fields_other: "另有 {count} 个字段",
  more: "显示更多",
  "empty.title": "尚无任何变更",
  "empty.text": "管理员的每项操作都会列在这里。",
  "none.title": "没有符合条件的记录",
  "none.text": "请更改或清除筛选条件。",
}
