import type { UserDetail } from "@nio/server/contract"
import { Link } from "@tanstack/react-router"
import { ArrowLeft } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDate, formatPoints, formatPointsExactly } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Badge } from "../../ui/badge.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Section } from "../../ui/section.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { UserActs } from "./user-acts.tsx"
import { UserAudit } from "./user-audit.tsx"
import { UserSecurity } from "./user-security.tsx"

type Props = { id: string; plan: ReactNode; statement: ReactNode }

/** One account, and what an administrator may do to it. Its plan and its statement are given. */
export function UserPage({ id, plan, statement }: Props) {
  const { t } = useTranslation("people")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const user = trpc.user.get.useQuery({ userId: id })
  return (
    <>
      <Link
        to="/admin/users"
        className="mb-2 inline-flex items-center gap-1.5 text-muted text-sm hover:text-ink"
      >
        <ArrowLeft className="size-4" />
        {t("back")}
      </Link>
      {user.isPending && <Skeleton className="h-64 w-full" />}
      {user.error && (
        <ErrorState
          title={sentence(user.error)}
          retryLabel={words("common.retry")}
          onRetry={() => void user.refetch()}
        />
      )}
      {user.data && <Everything user={user.data} plan={plan} statement={statement} />}
    </>
  )
}

function Everything({ user, plan, statement }: Omit<Props, "id"> & { user: UserDetail }) {
  const { t } = useTranslation("people")
  return (
    <div className="grid grid-cols-1 gap-10">
      <div className="grid gap-5">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="min-w-0 truncate font-semibold text-lg">{user.name}</h1>
          {user.role === "admin" && <Badge tone="accent">{t("role.admin")}</Badge>}
          {user.state !== "active" && <Badge tone="danger">{t(`state.${user.state}`)}</Badge>}
        </div>
        <Facts user={user} />
        {user.state !== "deleted" && <UserActs user={user} />}
      </div>
      {user.state !== "deleted" && plan}
      <UserSecurity user={user} />
      <UserAudit user={user} />
      <div id="statement" className="scroll-mt-4">
        <Section title={t("statement")}>{statement}</Section>
      </div>
    </div>
  )
}

function Facts({ user }: { user: UserDetail }) {
  const { t } = useTranslation("people")
  const { plan } = user
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-lg bg-panel px-5 py-4 text-sm sm:grid-cols-3">
      <Fact name={t("balance")}>
        <span className="font-semibold text-base" title={formatPointsExactly(user.available)}>
          {formatPoints(user.available)}
        </span>
      </Fact>
      <Fact name={t("held")}>{formatPoints(user.held)}</Fact>
      <Fact name={t("spent")}>{formatPoints(user.spent)}</Fact>
      <Fact name={t("email")}>
        {user.email ?? t("email.none")}
        {user.email && !user.emailVerified && ` (${t("email.unverified")})`}
      </Fact>
      <Fact name={t("plan")}>
        {plan
          ? t("plan.level", { level: plan.level, date: formatDate(plan.expiresAt) })
          : t("plan.none")}
      </Fact>
      <Fact name={t("since")}>{formatDate(user.createdAt)}</Fact>
    </dl>
  )
}

const Fact = (props: { name: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="mb-0.5 text-muted text-xs">{props.name}</dt>
    <dd className="tabular-nums [overflow-wrap:anywhere]">{props.children}</dd>
  </div>
)
