import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { PasswordForm } from "../../../features/session/password-form.tsx"
import { Section } from "../../../ui/section.tsx"
import { toast } from "../../../ui/toast.tsx"

export const Route = createFileRoute("/_app/_chat/account/security")({ component: SecurityPage })

function SecurityPage() {
  const { t } = useTranslation()
  return (
    <Section title={t("account.password")}>
      <div className="max-w-sm">
        <PasswordForm onSaved={() => toast.success(t("password.changed"))} />
      </div>
    </Section>
  )
}
