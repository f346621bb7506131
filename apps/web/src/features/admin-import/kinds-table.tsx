import type { ImportedKind } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatCount } from "../../lib/format.ts"
import { Table, Td, Th } from "../../ui/table.tsx"

/** How much comes of each kind, and why something does not. */
export function KindsTable({ kinds }: { kinds: readonly ImportedKind[] }) {
  const { t } = useTranslation("takeover")
  return (
    <Table>
      <thead>
        <tr>
          <Th>{t("kinds.kind")}</Th>
          <Th className="text-right">{t("kinds.added")}</Th>
          <Th className="text-right">{t("kinds.skipped")}</Th>
          <Th className="hidden w-1/2 sm:table-cell">{t("kinds.why")}</Th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((one) => (
          <tr key={one.kind}>
            <Td>
              {t(`kind.${one.kind}`)}
              <span className="block sm:hidden">
                <Reasons kind={one} />
              </span>
            </Td>
            <Td className="text-right align-top">{formatCount(one.added)}</Td>
            <Td className="text-right align-top">{formatCount(one.skipped)}</Td>
            <Td className="hidden sm:table-cell">
              <Reasons kind={one} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Reasons({ kind }: { kind: ImportedKind }) {
  const { t } = useTranslation("takeover")
  return (
    <ul className="text-muted text-xs">
      {kind.reasons.map(({ reason, times }) => (
        <li key={reason}>
          {formatCount(times)} × {t(`why.${reason}`)}
        </li>
      ))}
    </ul>
  )
}
