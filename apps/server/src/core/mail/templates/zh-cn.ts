import type { MailLanguage } from "./template.ts"

export const zhCN: MailLanguage = {
  foot: "此邮件由 {site} 自动发送，请勿直接回复。",
  templates: {
    registration: {
      subject: "{code} 是您在 {site} 的验证码",
      paragraphs: [
        "请输入以下验证码，完成 {site} 的账号注册：",
        "验证码在 {minutes} 分钟内有效。如果您没有申请注册，可能是他人填错了邮箱地址，无需理会此邮件。",
      ],
    },
    "known-account": {
      subject: "您在 {site} 已有账号",
      paragraphs: [
        "有人尝试使用此邮箱在 {site} 注册账号。您已经有一个账号，用户名为 {name}。",
        "如果是您本人操作，请直接登录；忘记密码时可以重设密码。如果不是您本人操作，无需理会此邮件。",
      ],
      link: { label: "登录", path: "/sign-in" },
    },
    reset: {
      subject: "{code} 是您在 {site} 重设密码的验证码",
      paragraphs: [
        "请输入以下验证码，为 {site} 的账号 {name} 设置新密码：",
        "验证码在 {minutes} 分钟内有效。如果您没有申请重设密码，无需任何操作，原密码保持不变。",
      ],
    },
    "new-address": {
      subject: "{code} 用于确认您在 {site} 的新邮箱",
      paragraphs: [
        "请输入以下验证码，将此邮箱用于 {site} 的账号 {name}：",
        "验证码在 {minutes} 分钟内有效。如果您没有申请更换邮箱，无需理会此邮件。",
      ],
    },
    "address-changed": {
      subject: "您在 {site} 的账号邮箱已更改",
      paragraphs: [
        "{site} 账号 {name} 的邮件从现在起发送到 {address}，不再发送到此邮箱。",
        "如果不是您本人操作，说明他人可以使用您的账号：请立即设置新密码，并告知站点管理员。",
      ],
    },
    alarm: {
      subject: "您在 {site} 的点数已低于 {threshold}",
      paragraphs: [
        "{site} 账号 {name} 还剩 {balance} 点。您设置了低于 {threshold} 点时提醒。",
        "在余额回升到提醒值以上之前，不会再次提醒。",
      ],
      link: { label: "查看账号", path: "/account" },
    },
    test: {
      subject: "来自 {site} 的测试邮件",
      paragraphs: ["邮件已送达：{site} 可以使用当前设置发送邮件。"],
    },
  },
}
