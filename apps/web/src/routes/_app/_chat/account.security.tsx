import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { FactorsSection } from "../../../features/factors/factors-section.tsx"
import { IdentitiesSection } from "../../../features/factors/identities-section.tsx"
import { PasswordForm } from "../../../features/session/password-form.tsx"
import { Sessions } from "../../../features/session/sessions.tsx"
import { Section } from "../../../ui/section.tsx"
import { toast } from "../../../ui/toast.tsx"

export const Route = createFileRoute("/_app/_chat/account/security")({ component: SecurityPage })

function SecurityPage() {
  const { t } = useTranslation()
  const { site } = Route.useRouteContext().session
  return (
    <>
      <Section title={t("account.password")}>
        <div className="max-w-sm">
          <PasswordForm onSaved={() => toast.success(t("password.changed"))} />
        </div>
      </Section>
      <FactorsSection site={site.title} />
      <IdentitiesSection providers={site.providers} />
      <Sessions />
    </>
  )
}
