import type { PlanChoice, PlanQuote, PlansView } from "@nio/server/contract"
import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { failureOf } from "../../lib/error.ts"
import { formatDate, formatPointsExactly } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button, buttonClass } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { toast } from "../../ui/toast.tsx"

type Props = { choice: PlanChoice; name: string; view: PlansView; onClose: () => void }

/** What a choice costs, to the point, before it is made. */
export function ChangePlan({ choice, name, view, onClose }: Props) {
  const { t } = useTranslation("plans")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  // Sent again after a failure it buys once, whatever became of the first answer.
  const [requestId] = useState(() => crypto.randomUUID())
  const quote = trpc.plan.quote.useQuery(choice, { staleTime: 0, gcTime: 0 })
  const buy = trpc.plan.subscribe.useMutation({
    async onSuccess(bought) {
      utils.plan.view.setData(undefined, bought)
      toast.success(t("change.done", { plan: name }))
      await Promise.all([utils.account.invalidate(), utils.model.invalidate()])
      onClose()
    },
    onError(error) {
      if (failureOf(error).code === "plan.changed") void quote.refetch()
    },
  })
  const told = quote.data
  const short = told !== undefined && told.cost > view.available
  const failed = buy.error ?? quote.error

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(told ? `change.${told.kind}` : "change", { plan: name })}
      closeLabel={words("common.close")}
      width="sm"
    >
      {told ? (
        <Terms quote={told} available={view.available} />
      ) : (
        !failed && <Skeleton className="h-24" />
      )}
      {short && (
        <div className="mt-4">
          <Notice
            tone="warning"
            title={t("change.short")}
            actions={
              <Link to="/account/points" className={buttonClass("secondary", "sm")}>
                {t("change.buyPoints")}
              </Link>
            }
          />
        </div>
      )}
      {failed && (
        <div className="mt-4">
          <Notice tone="danger" role="alert">
            {sentence(failed)}
          </Notice>
        </div>
      )}
      <DialogActions>
        <Button onClick={onClose}>{words("common.cancel")}</Button>
        <Button
          variant="primary"
          busy={buy.isPending}
          disabled={!told || short || quote.isFetching}
          onClick={() =>
            told &&
            buy.mutate({ ...choice, expected: told.cost, quotedAt: told.quotedAt, requestId })
          }
        >
          {t("change.confirm")}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Terms({ quote, available }: { quote: PlanQuote; available: number }) {
  const { t } = useTranslation("plans")
  const rows = [
    [t("terms.cost"), t("points", { points: formatPointsExactly(quote.cost) })],
    [t("terms.available"), t("points", { points: formatPointsExactly(available) })],
    [t("terms.until"), formatDate(quote.expiresAt)],
  ]
  return (
    <>
      <p className="mb-3 text-muted text-sm">{t(`terms.${quote.kind}`)}</p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-2 text-sm">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
