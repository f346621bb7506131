import type { MailLanguage } from "./template.ts"

export const ja: MailLanguage = {
  foot: "このメールは {site} から自動送信されています。返信されても確認できません。",
  templates: {
    registration: {
      subject: "{code} は {site} の確認コードです",
      paragraphs: [
        "次のコードを入力して、{site} のアカウント作成を完了してください。",
        "コードの有効期限は {minutes} 分です。お心当たりがない場合は、ほかの方がアドレスを誤って入力したものと思われます。何もする必要はありません。",
      ],
    },
    "known-account": {
      subject: "{site} のアカウントはすでにあります",
      paragraphs: [
        "このアドレスで {site} のアカウントを作成しようとした方がいます。すでにアカウントがあり、名前は {name} です。",
        "ご本人であれば、そのままサインインするか、パスワードを忘れた場合は再設定してください。お心当たりがない場合は、何もする必要はありません。",
      ],
      link: { label: "サインイン", path: "/sign-in" },
    },
    reset: {
      subject: "{code} は {site} のパスワード再設定コードです",
      paragraphs: [
        "次のコードを入力して、{site} のアカウント {name} の新しいパスワードを設定してください。",
        "コードの有効期限は {minutes} 分です。お心当たりがない場合は、何もする必要はありません。パスワードはそのままです。",
      ],
    },
    "new-address": {
      subject: "{code} で {site} の新しいアドレスを確認します",
      paragraphs: [
        "次のコードを入力して、このアドレスを {site} のアカウント {name} に使用してください。",
        "コードの有効期限は {minutes} 分です。お心当たりがない場合は、何もする必要はありません。",
      ],
    },
    "address-changed": {
      subject: "{site} のアカウントのアドレスが変更されました",
      paragraphs: [
        "{site} のアカウント {name} 宛てのメールは、今後 {address} に送信され、このアドレスには届きません。",
        "お心当たりがない場合は、ほかの人がアカウントを使用できる状態です。すぐに新しいパスワードを設定し、サイトの運営者に連絡してください。",
      ],
    },
    alarm: {
      subject: "{site} のポイントが {threshold} を下回りました",
      paragraphs: [
        "{site} のアカウント {name} の残りは {balance} ポイントです。{threshold} ポイントを下回ったときに通知する設定になっています。",
        "残高がいったんこれを上回るまで、再度通知することはありません。",
      ],
      link: { label: "アカウントを見る", path: "/account" },
    },
    test: {
      subject: "{site} からのテストメール",
      paragraphs: ["メールは届きました。{site} は現在の設定でメールを送信できます。"],
    },
  },
}
