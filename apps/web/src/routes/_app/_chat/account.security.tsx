import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { FactorsSection } from "../../../features/factors/factors-section.tsx"
import { IdentitiesSection } from "../../../features/factors/identities-section.tsx"
import { PasswordForm } from "../../../features/session/password-form.tsx"
import { Sessions } from "../../../features/session/sessions.tsx"
import { trpc } from "../../../lib/trpc.ts"
import { Section } from "../../../ui/section.tsx"
import { toast } from "../../../ui/toast.tsx"

export const Route = createFileRoute("/_app/_chat/account/security")({ component: SecurityPage })

function SecurityPage() {
  const { t } = useTranslation()
  const utils = trpc.useUtils()
  const factors = trpc.factor.list.useQuery()
  /** Who came by an account elsewhere has no password to be asked for. */
  const first = factors.data?.hasPassword === false
  function saved() {
    toast.success(t("password.changed"))
    void utils.factor.list.invalidate()
  }
  const { site } = Route.useRouteContext().session
  return (
    <>
      <Section title={t("account.password")}>
        <div className="max-w-sm">
          <PasswordForm key={`${first}`} first={first} onSaved={saved} />
        </div>
      </Section>
      <FactorsSection site={site.title} />
      <IdentitiesSection providers={site.providers} />
      <Sessions />
    </>
  )
}
