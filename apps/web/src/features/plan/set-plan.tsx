import type { Plan, SetSubscription, SubscriptionView } from "@nio/server/contract"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { ReasonDialog } from "../../ui/reason-dialog.tsx"
import { Select } from "../../ui/select.tsx"
import { dayOf, endOn, monthsLater, startOn } from "./plan-dates.ts"
import { usePlanName } from "./plan-words.ts"
import { useGranted } from "./use-granted.ts"

type Level = SetSubscription["level"]
const levels = [1, 2, 3] as const

/** Gives somebody a plan, changes when theirs begins and ends, or takes it away. */
export function SetPlan(props: {
  userId: string
  subscription: SubscriptionView | null
  plans: readonly Plan[]
  onClose: () => void
}) {
  const { userId, subscription, plans, onClose } = props
  const { t } = useTranslation("plans")
  const { t: people } = useTranslation("people")
  const nameOf = usePlanName()
  const [opened] = useState(Date.now)
  const [level, setLevel] = useState((subscription?.level ?? 0) as Level)
  const start = useDay(subscription?.startedAt ?? opened, startOn)
  const end = useDay(subscription?.expiresAt ?? monthsLater(opened, 1), endOn)
  const set = trpc.user.setSubscription.useMutation(useGranted(onClose))
  const isTurned = start.at !== undefined && end.at !== undefined && end.at < start.at

  function submit(reason: string) {
    const [startedAt, expiresAt] = level === 0 ? over() : [start.at, end.at]
    if (startedAt === undefined || expiresAt === undefined || startedAt > expiresAt) return
    set.mutate({ userId, level, startedAt, expiresAt, reason })
  }

  function over() {
    const now = Date.now()
    return [Math.min(subscription?.startedAt ?? now, now), now]
  }

  function endNow() {
    const now = Date.now()
    if (start.at === undefined || start.at > now) start.set(now)
    end.set(now)
  }

  const extend = (months: number) => end.set(monthsLater(Math.max(end.at ?? 0, Date.now()), months))

  return (
    <ReasonDialog
      title={t("grant.change")}
      text={t("grant.text")}
      confirm={people("apply")}
      busy={set.isPending}
      error={set.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {() => (
        <>
          <Field label={t("grant.level")}>
            {(control) => (
              <Select
                {...control}
                value={level}
                onChange={(event) => setLevel(Number(event.target.value) as Level)}
              >
                <option value={0}>{t("grant.level.none")}</option>
                {levels.map((one) => (
                  <option key={one} value={one}>
                    {nameOf(plans.find(({ level }) => level === one) ?? { level: one })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {level > 0 && (
            <>
              <DayField label={t("grant.start")} day={start} hint={t("grant.start.hint")} />
              <div className="grid gap-2">
                <DayField
                  label={t("grant.end")}
                  day={end}
                  fault={isTurned ? t("grant.order") : undefined}
                />
                <div className="flex flex-wrap gap-2">
                  <Button size="sm" onClick={() => extend(1)}>
                    {t("grant.month")}
                  </Button>
                  <Button size="sm" onClick={() => extend(12)}>
                    {t("grant.year")}
                  </Button>
                  <Button size="sm" onClick={endNow}>
                    {t("grant.endNow")}
                  </Button>
                </div>
              </div>
            </>
          )}
        </>
      )}
    </ReasonDialog>
  )
}

/** A day that can be typed, and the moment that is meant by it; undefined while it is none. */
function useDay(first: number, momentOn: typeof startOn) {
  const [meant, setMeant] = useState(first)
  const [day, setDay] = useState(() => dayOf(first))
  function set(at: number) {
    setMeant(at)
    setDay(dayOf(at))
  }
  return { day, at: momentOn(day, meant), type: setDay, set }
}

function DayField(props: {
  label: string
  day: ReturnType<typeof useDay>
  hint?: string
  fault?: string | undefined
}) {
  const { day } = props
  const { t } = useTranslation("plans")
  const fault = day.at === undefined ? t("grant.day") : props.fault
  return (
    <Field label={props.label} hint={props.hint} error={fault}>
      {(control) => (
        <Input
          {...control}
          type="date"
          value={day.day}
          onChange={(event) => day.type(event.target.value)}
        />
      )}
    </Field>
  )
}
