import type { MessageView } from "@nio/server/contract"
import { type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import { formatCount, formatDateTime, formatPoints, formatPointsExactly } from "../../lib/format.ts"
import { Popover } from "../../ui/popover.tsx"

/** What an answer cost; on touch or hover, how that came about. */
export function Cost({ message }: { message: MessageView }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { charge, inputTokens, outputTokens } = message
  if (charge === null) return null
  const hover =
    (shown: boolean) =>
    ({ pointerType }: { pointerType: string }) =>
      pointerType === "mouse" && setOpen(shown)

  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      side="top"
      className="min-w-56 p-3"
      trigger={
        <button
          type="button"
          aria-label={t("chat.cost.detail")}
          onPointerEnter={hover(true)}
          onPointerLeave={hover(false)}
          className="h-7 rounded-sm px-1.5 text-muted text-xs tabular-nums hover:text-ink"
        >
          {charge === 0 ? t("chat.cost.free") : t("chat.cost", { points: formatPoints(charge) })}
        </button>
      }
    >
      <dl className="grid gap-1.5 text-xs tabular-nums">
        <Row name={t("chat.cost.exact")}>{formatPointsExactly(charge)}</Row>
        {inputTokens !== null && <Row name={t("chat.cost.input")}>{formatCount(inputTokens)}</Row>}
        {outputTokens !== null && (
          <Row name={t("chat.cost.output")}>{formatCount(outputTokens)}</Row>
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
