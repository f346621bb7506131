import type { share as source } from "../en/share.ts"
import type { Translation } from "../translation.ts"

export const share: Translation<typeof source, "other"> = {
  open: "开始自己的对话",
  by: "{name} 分享于 {date} · {model}",
  gone: "此处没有分享内容",
  goneText: "链接可能不完整，或分享者已将其撤回。",
  failed: "无法加载对话",
  question: "提问",
  answer: "回答",
  instructions: "给模型的指令",
  picture: "图片 {number}",
}
