import type { ApiKeyUsage } from "@nio/server/contract"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { formatCount, formatDate, formatPoints } from "../../lib/format.ts"
import { Segmented } from "../../ui/segmented.tsx"

const measures = ["charge", "tokens", "requests"] as const
type Measure = (typeof measures)[number]
type Day = ApiKeyUsage["byDay"][number]

const labels = {
  charge: "usage.points",
  tokens: "usage.tokens",
  requests: "usage.requests",
} as const
const dayMs = 86_400_000

/** A bar for each day, the days without use among them. Said as a table to those who hear it. */
export function UsageBars({ byDay, days }: { byDay: readonly Day[]; days: number }) {
  const { t } = useTranslation("keys")
  const [measure, setMeasure] = useState<Measure>("charge")
  const [at, setAt] = useState<Day>()
  const all = everyDay(byDay, days)
  const most = Math.max(...all.map((day) => day[measure]))
  const total = all.reduce((sum, day) => sum + day[measure], 0)
  const format = measure === "charge" ? formatPoints : formatCount

  return (
    <div>
      <div className="mb-3 flex flex-wrap items-end gap-3">
        <div className="grow tabular-nums">
          <p className="text-muted text-xs">{at ? formatDate(dateOf(at)) : t("usage.total")}</p>
          <p className="font-semibold text-lg">
            {format(at ? at[measure] : total)}{" "}
            <span className="font-normal text-muted text-sm">{t(labels[measure])}</span>
          </p>
        </div>
        <Segmented
          label={t("usage.measure")}
          value={measure}
          onChange={setMeasure}
          options={measures.map((value) => ({ value, label: t(labels[value]) }))}
        />
      </div>
      <div
        aria-hidden="true"
        className="flex h-40 items-end gap-px border-line border-b sm:gap-0.5"
        onPointerLeave={() => setAt(undefined)}
      >
        {all.map((day) => (
          <div
            key={day.day}
            className="group flex h-full min-w-0 grow items-end"
            onPointerEnter={() => setAt(day)}
          >
            <div
              className="w-full rounded-t-sm bg-accent/80 group-hover:bg-accent"
              style={{ height: heightOf(day[measure], most) }}
            />
          </div>
        ))}
      </div>
      <p aria-hidden="true" className="mt-1.5 flex justify-between text-muted text-xs">
        <span>{formatDate(dateOf(all[0]))}</span>
        <span>{formatDate(dateOf(all.at(-1)))}</span>
      </p>
      <table className="sr-only">
        <caption>{t("usage.byDay")}</caption>
        <tbody>
          {byDay.map((day) => (
            <tr key={day.day}>
              <th scope="row">{formatDate(dateOf(day))}</th>
              <td>
                {format(day[measure])} {t(labels[measure])}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What was little is still seen. */
const heightOf = (value: number, most: number) =>
  value === 0 ? "0" : `max(2px, ${(value / most) * 100}%)`

/** By the reader's clock, as the server counted them. */
const dateOf = (day: { day: string } | undefined) => new Date(`${day?.day}T12:00`).getTime()

function everyDay(byDay: readonly Day[], days: number): Day[] {
  const known = new Map(byDay.map((day) => [day.day, day]))
  const now = Date.now() - new Date().getTimezoneOffset() * 60_000
  return Array.from({ length: days }, (_, back) => {
    const day = new Date(now - (days - 1 - back) * dayMs).toISOString().slice(0, 10)
    return known.get(day) ?? { day, requests: 0, tokens: 0, charge: 0 }
  })
}
