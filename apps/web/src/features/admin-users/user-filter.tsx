import { useTranslation } from "react-i18next"
import { Select } from "../../ui/select.tsx"

export const orders = ["created", "balance", "plan"] as const
export type Order = (typeof orders)[number]
export const shows = ["all", "admin", "banned", "subscribed"] as const
export type Show = (typeof shows)[number]

/** Whom to list, and in which order. */
export function UserFilter(props: {
  order: Order
  show: Show
  onChange: (next: { order?: Order; show?: Show }) => void
}) {
  const { t } = useTranslation("people")
  return (
    <>
      <Select
        aria-label={t("show")}
        value={props.show}
        onChange={(event) => props.onChange({ show: event.target.value as Show })}
      >
        {shows.map((show) => (
          <option key={show} value={show}>
            {t(`show.${show}`)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t("order")}
        value={props.order}
        onChange={(event) => props.onChange({ order: event.target.value as Order })}
      >
        {orders.map((order) => (
          <option key={order} value={order}>
            {t(`order.${order}`)}
          </option>
        ))}
      </Select>
    </>
  )
}
