import { createFileRoute, Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Balance } from "../../../features/account/balance.tsx"
import { RedeemCode } from "../../../features/codes/redeem-code.tsx"
import { Alarm } from "../../../features/points/alarm.tsx"
import { Buy } from "../../../features/points/buy.tsx"
import { buttonClass } from "../../../ui/button.tsx"
import { Section } from "../../../ui/section.tsx"

export const Route = createFileRoute("/_app/_chat/account/points")({ component: PointsPage })

function PointsPage() {
  const { t } = useTranslation("money")
  const { session } = Route.useRouteContext()
  return (
    <>
      <Balance buyLink="" />
      <Buy session={session} />
      <Section title={t("redeem.title")}>
        <div className="max-w-md">
          <RedeemCode />
        </div>
      </Section>
      <Alarm />
      <Section
        title={t("title")}
        text={t("text")}
        action={
          <Link to="/account/statement" className={buttonClass("secondary", "sm")}>
            {t("open")}
          </Link>
        }
      />
    </>
  )
}
