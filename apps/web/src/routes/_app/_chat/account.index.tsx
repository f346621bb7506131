import { createFileRoute, Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Appearance } from "../../../features/account/appearance.tsx"
import { Balance } from "../../../features/account/balance.tsx"
import { OwnData } from "../../../features/session/own-data.tsx"
import { Profile } from "../../../features/session/profile.tsx"
import { buttonClass } from "../../../ui/button.tsx"
import { Section } from "../../../ui/section.tsx"

export const Route = createFileRoute("/_app/_chat/account/")({ component: ProfilePage })

function ProfilePage() {
  const { t } = useTranslation()
  const { session, user } = Route.useRouteContext()
  return (
    <>
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
      <Profile byMail={session.site.mail} />
      <Appearance />
      <OwnData name={user.name} />
    </>
  )
}
