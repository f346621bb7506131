import type { share as source } from "../en/share.ts"
import type { Translation } from "../translation.ts"

export const share: Translation<typeof source, "one" | "few" | "many" | "other"> = {
  open: "Начать свой чат",
  by: "Автор: {name}, {date} · {model}",
  gone: "Здесь ничем не поделились",
  goneText: "Возможно, адрес неполный или автор закрыл доступ.",
  failed: "Не удалось загрузить разговор",
  question: "Вопрос",
  answer: "Ответ",
  instructions: "Указания модели",
  picture: "Изображение {number}",
}
