import type { StatementAnswer } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatCount, formatPointsExactly } from "../../lib/format.ts"

/** How an answer came to its price: each product, the sum, the rounding, and what was taken. */
export function Formula({ answer, taken }: { answer: StatementAnswer; taken: number }) {
  const { t } = useTranslation("money")
  const { formula } = answer
  if (!formula) return <p className="text-muted">{t("formula.unknown")}</p>
  return (
    <div className="grid gap-1 tabular-nums">
      {formula.steps.map(({ what, units, rate, per, subtotal }) => (
        <p key={what} className="flex flex-wrap justify-between gap-x-6">
          <span>
            {formatCount(units)} {t(`what.${what}`)} × {formatPointsExactly(rate)}
            {per === 1_000_000 && ` ${t("formula.perMillion")}`}
          </span>
          <span>{subtotal}</span>
        </p>
      ))}
      {formula.steps.length === 0 && <p>{t(freeBecause(answer))}</p>}
      {formula.rounding !== "0" && (
        <p className="flex justify-between gap-6 text-muted">
          <span>{t("formula.rounding")}</span>
          <span>{formula.rounding}</span>
        </p>
      )}
      <p className="flex justify-between gap-6 border-line border-t pt-1 font-medium">
        <span>{t("formula.total")}</span>
        <span>{formatPointsExactly(formula.total)}</span>
      </p>
      {formula.longContext && <p className="text-muted">{t("formula.long")}</p>}
      {answer.planItem !== null && <p>{t("formula.plan", { item: answer.planItem })}</p>}
      {answer.writtenOff > 0 && (
        <p>
          {t("formula.writtenOff", {
            taken: formatPointsExactly(taken),
            rest: formatPointsExactly(answer.writtenOff),
          })}
        </p>
      )}
    </div>
  )
}

const freeBecause = ({ usageFrom }: StatementAnswer) =>
  usageFrom === "cache" ? "formula.cache" : usageFrom === "none" ? "formula.none" : "formula.free"
