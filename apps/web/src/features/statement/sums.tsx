import type { StatementSums } from "@nio/server/contract"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { formatCount, formatDate, formatPoints } from "../../lib/format.ts"
import { Segmented } from "../../ui/segmented.tsx"
import { Table, Td, Th } from "../../ui/table.tsx"

const sides = ["day", "model", "key"] as const
type Side = (typeof sides)[number]
const rowsShown = 31

/** What answers cost in the time chosen, by day, by model or by key. */
export function Sums({ sums }: { sums: StatementSums }) {
  const { t } = useTranslation("money")
  const [side, setSide] = useState<Side>("day")
  const rows = rowsOf(sums, side, t("sums.noKey"))
  const total = sums.byModel.reduce((sum, { charge }) => sum + charge, 0)
  return (
    <section aria-label={t("sums")} className="mb-8 rounded-lg bg-panel px-5 py-4">
      <div className="mb-2 flex flex-wrap items-end gap-3">
        <div className="grow tabular-nums">
          <p className="text-muted text-xs">{t("sums")}</p>
          <p className="font-semibold text-xl">
            {formatPoints(total)}{" "}
            <span className="font-normal text-muted text-sm">{t("points")}</span>
          </p>
        </div>
        <Segmented
          label={t("sums.by")}
          value={side}
          onChange={setSide}
          options={sides
            .filter((one) => one !== "key" || sums.byKey.length > 0)
            .map((value) => ({ value, label: t(`sums.${value}`) }))}
        />
      </div>
      {rows.length === 0 ? (
        <p className="py-4 text-muted text-sm">{t("sums.none")}</p>
      ) : (
        <div className="max-h-64 overflow-y-auto">
          <Table>
            <thead>
              <tr>
                <Th>{t(`sums.${side}`)}</Th>
                <Th className="text-right">{t("sums.requests")}</Th>
                <Th className="text-right">{t("points.head")}</Th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, rowsShown).map(({ id, name, requests, charge }) => (
                <tr key={id}>
                  <Td className="max-w-48 truncate">{name}</Td>
                  <Td className="text-right">{formatCount(requests)}</Td>
                  <Td className="text-right">{formatPoints(charge)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </section>
  )
}

function rowsOf({ byDay, byModel, byKey }: StatementSums, side: Side, noKey: string) {
  if (side === "model") return byModel.map((row) => ({ ...row, id: row.model, name: row.model }))
  if (side === "key")
    return byKey.map((row) => ({ ...row, id: row.key?.id ?? "", name: row.key?.name ?? noKey }))
  // By the reader's clock, as the server counted them.
  return byDay.map((row) => {
    return { ...row, id: row.day, name: formatDate(new Date(`${row.day}T12:00`).getTime()) }
  })
}
