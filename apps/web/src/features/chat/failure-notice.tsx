import type { Failure } from "@nio/server/contract"
import { Link } from "@tanstack/react-router"
import { CircleAlert, Coins } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { useFailureSentence } from "../../i18n/use-failure.ts"
import { buttonClass } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { useChat } from "./chat-context.ts"

/** What went wrong, what is safe, and what to do: different for who can do something about it. */
export function FailureNotice(props: { failure: Failure; charged: boolean; retry: ReactNode }) {
  const { t } = useTranslation()
  const { session } = useChat()
  const sentence = useFailureSentence()
  const { failure } = props

  if (failure.code === "points.insufficient" || failure.code === "plan.exhausted")
    return <OutOfPoints {...props} />
  const admin = session.user?.isAdmin ? adminPage(failure.code) : undefined
  return (
    <Notice
      tone="danger"
      role="alert"
      icon={<CircleAlert className="size-4" />}
      title={sentence(failure)}
      actions={
        <>
          {props.retry}
          {admin && (
            <Link to={admin.to} className={buttonClass("ghost", "sm")}>
              {t(admin.label)}
            </Link>
          )}
        </>
      }
    >
      {!props.charged && t("chat.failure.notCharged")}
    </Notice>
  )
}

/** Where an administrator mends it. */
function adminPage(code: string) {
  if (code === "model.unpriced") return { to: "/admin/prices", label: "chat.setPrice" } as const
  if (code.startsWith("upstream.") || code === "model.unknown")
    return { to: "/admin/channels", label: "chat.checkChannels" } as const
}

function OutOfPoints({ failure, retry }: { failure: Failure; retry: ReactNode }) {
  const { t } = useTranslation()
  const { session } = useChat()
  const { buyLink, contact } = session.site
  const available = Number(failure.params.available ?? 0)

  return (
    <Notice
      tone="warning"
      role="alert"
      icon={<Coins className="size-4" />}
      title={t("chat.points.title")}
      actions={
        <>
          {buyLink && (
            <a
              href={buyLink}
              target="_blank"
              rel="noopener noreferrer"
              className={buttonClass("primary", "sm")}
            >
              {t("chat.points.buy")}
            </a>
          )}
          {session.user?.isAdmin && (
            <Link to="/admin/users" className={buttonClass("primary", "sm")}>
              {t("chat.points.addPoints")}
            </Link>
          )}
          {retry}
        </>
      }
    >
      <p>{t("chat.points.text", { available: pointsFormat.format(available) })}</p>
      {!buyLink && !session.user?.isAdmin && (
        <p>{contact ? t("chat.points.contact", { contact }) : t("chat.points.ask")}</p>
      )}
    </Notice>
  )
}

const pointsFormat = new Intl.NumberFormat(undefined, { maximumFractionDigits: 6 })
