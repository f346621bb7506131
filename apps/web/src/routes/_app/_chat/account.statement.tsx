import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { OwnStatement } from "../../../features/statement/own-statement.tsx"

export const Route = createFileRoute("/_app/_chat/account/statement")({
  component: StatementPage,
})

function StatementPage() {
  const { t } = useTranslation("money")
  return (
    <section aria-label={t("title")}>
      <OwnStatement />
    </section>
  )
}
