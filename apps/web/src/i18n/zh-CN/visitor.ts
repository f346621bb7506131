import type { visitor as source } from "../en/visitor.ts"
import type { Translation } from "../translation.ts"

export const visitor: Translation<typeof source, "other"> = {
  title: "问点什么吧",
  text: "你还没有登录：下面的模型对所有人开放。对话只保存在这个浏览器里。",
  conversations: "你的对话",
  "new": "新对话",
  delete: "删除 {title}",
  kept: "只保存在这个浏览器里。注册账号后可以带走对话，在所有设备上查看。",
  signIn: "登录或注册",
  tryIt: "不登录先试试",
  "claim.title_other": "保留这 {count} 个对话吗？",
  "claim.text": "它们是你登录前在这个浏览器里进行的。保留后会存入你的账号，在所有设备上可见。",
  "claim.keep": "保留",
  "claim.delete": "删除",
  claimed_other: "{count} 个对话已存入你的账号。",
}
