import type { MessageView } from "@nio/server/contract"
import type { ReactElement, ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { formatCount, formatDateTime, formatPointsExactly } from "../../lib/format.ts"
import { Popover } from "../../ui/popover.tsx"

export function CostDetails(props: {
  message: MessageView
  open: boolean
  onOpenChange: (open: boolean) => void
  trigger: ReactElement
}) {
  const { t } = useTranslation()
  const { message } = props
  return (
    <Popover
      open={props.open}
      onOpenChange={props.onOpenChange}
      side="top"
      className="min-w-56 p-3"
      trigger={props.trigger}
    >
      <dl className="grid gap-1.5 text-xs tabular-nums">
        <Row name={t("chat.cost.exact")}>{formatPointsExactly(message.charge ?? 0)}</Row>
        {message.inputTokens !== null && (
          <Row name={t("chat.cost.input")}>{formatCount(message.inputTokens)}</Row>
        )}
        {message.outputTokens !== null && (
          <Row name={t("chat.cost.output")}>{formatCount(message.outputTokens)}</Row>
        )}
        {message.model && <Row name={t("chat.cost.model")}>{message.model}</Row>}
        <Row name={t("chat.cost.time")}>{formatDateTime(message.createdAt)}</Row>
      </dl>
    </Popover>
  )
}

const Row = (props: { name: string; children: ReactNode }) => (
  <div className="flex justify-between gap-6">
    <dt className="text-muted">{props.name}</dt>
    <dd className="text-right">{props.children}</dd>
  </div>
)
