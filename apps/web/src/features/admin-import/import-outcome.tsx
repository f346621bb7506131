import type { ImportStatus } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { Section } from "../../ui/section.tsx"
import { KindsTable } from "./kinds-table.tsx"

/** What has come so far. */
export function ImportOutcome({ status: { kinds, state } }: { status: ImportStatus }) {
  const { t } = useTranslation("takeover")
  if (kinds.length === 0) return null
  const title = state === "running" ? t("outcome.soFar") : t("outcome.title")
  return (
    <Section title={title} text={t("outcome.text")}>
      <KindsTable kinds={kinds} />
    </Section>
  )
}
