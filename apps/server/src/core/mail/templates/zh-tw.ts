import type { MailLanguage } from "./template.ts"

export const zhTW: MailLanguage = {
  foot: "此郵件由 {site} 自動寄出，請勿直接回覆。",
  templates: {
    registration: {
      subject: "{code} 是您在 {site} 的驗證碼",
      paragraphs: [
        "請輸入以下驗證碼，完成 {site} 的帳號註冊：",
        "驗證碼在 {minutes} 分鐘內有效。如果您沒有申請註冊，可能是他人填錯了電子郵件地址，無須理會此郵件。",
      ],
    },
    "known-account": {
      subject: "您在 {site} 已有帳號",
      paragraphs: [
        "有人嘗試使用此電子郵件地址在 {site} 註冊帳號。您已經有一個帳號，使用者名稱為 {name}。",
        "如果是您本人操作，請直接登入；忘記密碼時可以重設密碼。如果不是您本人操作，無須理會此郵件。",
      ],
      link: { label: "登入", path: "/sign-in" },
    },
    reset: {
      subject: "{code} 是您在 {site} 重設密碼的驗證碼",
      paragraphs: [
        "請輸入以下驗證碼，為 {site} 的帳號 {name} 設定新密碼：",
        "驗證碼在 {minutes} 分鐘內有效。如果您沒有申請重設密碼，無須任何操作，原密碼保持不變。",
      ],
    },
    "new-address": {
      subject: "{code} 用於確認您在 {site} 的新電子郵件地址",
      paragraphs: [
        "請輸入以下驗證碼，將此電子郵件地址用於 {site} 的帳號 {name}：",
        "驗證碼在 {minutes} 分鐘內有效。如果您沒有申請更換地址，無須理會此郵件。",
      ],
    },
    "address-changed": {
      subject: "您在 {site} 的帳號電子郵件地址已變更",
      paragraphs: [
        "{site} 帳號 {name} 的郵件從現在起寄到 {address}，不再寄到此地址。",
        "如果不是您本人操作，表示他人可以使用您的帳號：請立即設定新密碼，並告知站點管理員。",
      ],
    },
    alarm: {
      subject: "您在 {site} 的點數已低於 {threshold}",
      paragraphs: [
        "{site} 帳號 {name} 還剩 {balance} 點。您設定了低於 {threshold} 點時提醒。",
        "在餘額回升到提醒值以上之前，不會再次提醒。",
      ],
      link: { label: "檢視帳號", path: "/account" },
    },
    test: {
      subject: "來自 {site} 的測試郵件",
      paragraphs: ["郵件已送達：{site} 可以使用目前的設定寄送郵件。"],
    },
  },
}
