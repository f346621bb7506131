import { createFileRoute, Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Appearance } from "../../../features/account/appearance.tsx"
import { Balance } from "../../../features/account/balance.tsx"
import { PasswordForm } from "../../../features/session/password-form.tsx"
import { PageHeader } from "../../../features/shell/page-header.tsx"
import { buttonClass } from "../../../ui/button.tsx"
import { Section } from "../../../ui/section.tsx"
import { toast } from "../../../ui/toast.tsx"

export const Route = createFileRoute("/_app/_chat/account")({ component: AccountPage })

function AccountPage() {
  const { t } = useTranslation()
  const { session } = Route.useRouteContext()
  return (
    <>
      <PageHeader title={t("account.title")} />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto grid w-full max-w-2xl gap-10 px-5 pt-4 pb-20">
          <Balance buyLink={session.site.buyLink} />
          <Section
            title={t("account.keys")}
            text={t("account.keys.text", { address: `${location.origin}/v1` })}
            action={
              <Link to="/keys" className={buttonClass("secondary", "sm")}>
                {t("account.keys.manage")}
              </Link>
            }
          />
          <Appearance />
          <Section title={t("account.password")}>
            <div className="max-w-sm">
              <PasswordForm onSaved={() => toast.success(t("password.changed"))} />
            </div>
          </Section>
        </div>
      </div>
    </>
  )
}
