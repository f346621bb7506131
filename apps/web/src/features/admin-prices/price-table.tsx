import type { PriceView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatYuan } from "../../lib/format.ts"
import { formatRate, type RateUnit, rateInYuan } from "../../lib/rate.ts"
import { usePriceDetails } from "../../lib/use-price-details.ts"
import { Table, Td, Th } from "../../ui/table.tsx"
import { PriceActions } from "./price-actions.tsx"
import type { PriceListProps } from "./price-list.tsx"
import { RuleModels } from "./rule-models.tsx"

export function PriceTable({ prices, onEdit }: PriceListProps) {
  const { t } = useTranslation("admin")
  const details = usePriceDetails()
  return (
    <Table>
      <thead>
        <tr>
          <Th>
            <span className="sr-only">{t("prices.position")}</span>
          </Th>
          <Th>{t("prices.models")}</Th>
          <Th>{t("prices.type")}</Th>
          <Th className="text-right">{t("prices.column.input")}</Th>
          <Th className="text-right">{t("prices.column.output")}</Th>
          <Th>
            <span className="sr-only">{t("prices.actions")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {prices.map((price, at) => (
          <tr key={price.id}>
            <Td className="w-0 text-muted text-xs">{at + 1}</Td>
            <Td className="w-full">
              <RuleModels prices={prices} at={at} />
              {price.details && (
                <p className="mt-1 text-muted text-xs">{details(price.details).join(" · ")}</p>
              )}
            </Td>
            <Td className="whitespace-nowrap">{t(`prices.type.${price.type}`)}</Td>
            <Rates price={price} />
            <Td className="w-0 whitespace-nowrap text-right">
              <PriceActions price={price} onEdit={() => onEdit(price)} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Rates({ price }: { price: PriceView }) {
  if (price.type === "per-token")
    return (
      <>
        <Rate rate={price.input} unit="per-million-tokens" />
        <Rate rate={price.output} unit="per-million-tokens" />
      </>
    )
  return (
    <>
      <None />
      {price.type === "per-request" ? <Rate rate={price.output} unit="per-request" /> : <None />}
    </>
  )
}

const None = () => <Td className="text-right text-muted">–</Td>

function Rate({ rate, unit }: { rate: number; unit: RateUnit }) {
  const { t } = useTranslation("admin")
  const points = formatRate(rate)
  return (
    <Td className="whitespace-nowrap text-right">
      {unit === "per-request" ? t("prices.perRequest", { points }) : points}
      <span className="block text-muted text-xs">{formatYuan(rateInYuan(rate))}</span>
    </Td>
  )
}
