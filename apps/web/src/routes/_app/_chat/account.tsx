import { createFileRoute, Outlet } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { AccountNav } from "../../../features/account/account-nav.tsx"
import { PageHeader } from "../../../features/shell/page-header.tsx"

/** The frame of the pages of one's account. */
export const Route = createFileRoute("/_app/_chat/account")({ component: AccountFrame })

function AccountFrame() {
  const { t } = useTranslation()
  const { session } = Route.useRouteContext()
  return (
    <>
      <PageHeader title={t("account.title")} />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto w-full max-w-3xl px-5 pb-20">
          <AccountNav plans={session.site.plans} />
          <div className="grid grid-cols-1 gap-10">
            <Outlet />
          </div>
        </div>
      </div>
    </>
  )
}
