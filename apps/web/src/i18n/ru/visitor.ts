import type { visitor as source } from "../en/visitor.ts"
import type { Translation } from "../translation.ts"

export const visitor: Translation<typeof source, "one" | "few" | "many" | "other"> = {
  title: "Спросите о чём-нибудь",
  text: "Вы не вошли: модели ниже открыты для всех. Разговоры хранятся только в этом браузере.",
  conversations: "Ваши разговоры",
  "new": "Новый чат",
  delete: "Удалить {title}",
  kept: "Хранится только в этом браузере. С учётной записью разговоры останутся с вами на всех устройствах.",
  signIn: "Войти или зарегистрироваться",
  tryIt: "Попробовать без регистрации",
  "claim.title_one": "Сохранить {count} разговор?",
  "claim.title_few": "Сохранить {count} разговора?",
  "claim.title_many": "Сохранить {count} разговоров?",
  "claim.title_other": "Сохранить {count} разговора?",
  "claim.text":
    "Они велись в этом браузере до входа. После сохранения они будут в вашей учётной записи на всех устройствах.",
  "claim.keep": "Сохранить",
  "claim.delete": "Удалить",
  claimed_one: "{count} разговор теперь в вашей учётной записи.",
  claimed_few: "{count} разговора теперь в вашей учётной записи.",
  claimed_many: "{count} разговоров теперь в вашей учётной записи.",
  claimed_other: "{count} разговора теперь в вашей учётной записи.",
}
