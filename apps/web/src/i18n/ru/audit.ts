import type { audit as source } from "../en/audit.ts"
import type { Translation } from "../translation.ts"

export const audit: Translation<typeof source, "one" | "few" | "many" | "other"> = {
  title: "Журнал действий",
  text: "Действия администраторов, новые сверху: кто, с чем и что изменил. Изменить записи здесь нельзя.",
  actor: "Кто",
  "actor.none": "Командная строка",
  act: "Действие",
  "act.all": "Все",
  from: "С",
  to: "По",
  fields_one: "Ещё {count} поле",
  fields_few: "Ещё {count} поля",
  fields_many: "Ещё {count} полей",
  fields_other: "Ещё {count} поля",
  more: "Показать ещё",
  "empty.title": "Изменений пока не было",
  "empty.text": "Здесь будет записано каждое действие администратора.",
  "none.title": "Ничего не найдено",
  "none.text": "Измените или сбросьте фильтры.",
}
