import type { MessageView } from "@nio/server/contract"
import { lazy, Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { formatPoints } from "../../lib/format.ts"

const CostDetails = lazy(async () => ({
  default: (await import("./cost-details.tsx")).CostDetails,
}))

/** What an answer cost; on touch or hover, how that came about. */
export function Cost({ message }: { message: MessageView }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<boolean>()
  const { charge } = message
  if (charge === null) return null
  const hover =
    (shown: boolean) =>
    ({ pointerType }: { pointerType: string }) =>
      pointerType === "mouse" && setOpen(shown)

  const trigger = (
    <button
      type="button"
      onPointerEnter={hover(true)}
      onPointerLeave={hover(false)}
      {...(open === undefined && { onClick: () => setOpen(true) })}
      className="h-7 whitespace-nowrap rounded-sm px-1.5 text-muted text-xs tabular-nums hover:text-ink"
    >
      <span className="sr-only">{t("chat.cost.detail")}: </span>
      {charge === 0 ? t("chat.cost.free") : t("chat.cost", { points: formatPoints(charge) })}
    </button>
  )
  if (open === undefined) return trigger
  return (
    <Suspense fallback={trigger}>
      <CostDetails message={message} open={open} onOpenChange={setOpen} trigger={trigger} />
    </Suspense>
  )
}
