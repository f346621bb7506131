import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDate } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Section } from "../../ui/section.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { ChangeEmail } from "./change-email.tsx"
import { ChangeName } from "./change-name.tsx"

/** What one is called and reached by. `byMail` says whether the site sends mail. */
export function Profile({ byMail }: { byMail: boolean }) {
  const { t } = useTranslation("account")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const profile = trpc.account.profile.useQuery()
  const [open, setOpen] = useState<"name" | "email">()

  if (profile.error)
    return (
      <ErrorState
        title={sentence(profile.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void profile.refetch()}
      />
    )
  if (!profile.data) return <Skeleton className="h-36 w-full" />
  const { name, email, createdAt } = profile.data
  const emailAct = t(email ? "profile.changeEmail" : "profile.addEmail")
  return (
    <Section title={t("profile")}>
      <dl className="divide-y divide-line border-line border-y text-sm">
        <Row
          term={t("name")}
          note={t("profile.since", { date: formatDate(createdAt) })}
          action={
            <Button size="sm" onClick={() => setOpen("name")}>
              {t("profile.rename")}
            </Button>
          }
        >
          {name}
        </Row>
        {(byMail || email) && (
          <Row
            term={t("email")}
            action={
              byMail && (
                <Button size="sm" onClick={() => setOpen("email")}>
                  {emailAct}
                </Button>
              )
            }
          >
            {email ?? <span className="text-muted">{t("profile.noEmail")}</span>}
          </Row>
        )}
      </dl>
      {open === "name" && <ChangeName name={name} onClose={() => setOpen(undefined)} />}
      {open === "email" && <ChangeEmail title={emailAct} onClose={() => setOpen(undefined)} />}
    </Section>
  )
}

const Row = (props: {
  term: string
  note?: string
  action: React.ReactNode
  children: React.ReactNode
}) => (
  <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
    <dt className="w-full text-muted sm:w-36">{props.term}</dt>
    <dd className="min-w-0 grow basis-40 [overflow-wrap:anywhere]">
      {props.children}
      {props.note && <span className="block text-muted text-xs">{props.note}</span>}
    </dd>
    <dd>{props.action}</dd>
  </div>
)
