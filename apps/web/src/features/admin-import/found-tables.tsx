import type { ImportStatus } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatCount } from "../../lib/format.ts"
import { Section } from "../../ui/section.tsx"
import { Table, Td, Th } from "../../ui/table.tsx"

/** What is there, as it is called there. */
export function FoundTables({ status }: { status: ImportStatus }) {
  const { t } = useTranslation("takeover")
  return (
    <Section
      title={t("found.title")}
      text={t(status.hasConfig ? "found.config" : "found.noConfig")}
    >
      <Table className="max-w-md">
        <thead>
          <tr>
            <Th>{t("found.table")}</Th>
            <Th className="text-right">{t("found.rows")}</Th>
          </tr>
        </thead>
        <tbody>
          {status.tables.map(({ table, rows }) => (
            <tr key={table}>
              <Td className="font-mono">{table}</Td>
              <Td className="text-right">{formatCount(rows)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  )
}
