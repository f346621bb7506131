import type { SessionEntry } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDateTime } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Section } from "../../ui/section.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { toast } from "../../ui/toast.tsx"
import { deviceOf } from "./device.ts"

/** Where one is signed in, and how to end that. */
export function Sessions() {
  const { t } = useTranslation("account")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const sessions = trpc.session.list.useQuery()
  const after = {
    async onSuccess() {
      await utils.session.list.invalidate()
      toast.success(t("sessions.revoked"))
    },
    onError: (error: unknown) => toast.error(sentence(error)),
  }
  const revoke = trpc.session.revoke.useMutation(after)
  const revokeOthers = trpc.session.revokeOthers.useMutation(after)

  if (sessions.error)
    return (
      <ErrorState
        title={sentence(sessions.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void sessions.refetch()}
      />
    )
  const others = sessions.data?.some(({ current }) => !current)
  return (
    <Section
      title={t("sessions")}
      text={t("sessions.text")}
      action={
        others && (
          <Button size="sm" busy={revokeOthers.isPending} onClick={() => revokeOthers.mutate()}>
            {t("sessions.revokeOthers")}
          </Button>
        )
      }
    >
      {sessions.data ? (
        <ul className="divide-y divide-line border-line border-y">
          {sessions.data.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              busy={revoke.isPending && revoke.variables.id === session.id}
              onRevoke={() => revoke.mutate({ id: session.id })}
            />
          ))}
        </ul>
      ) : (
        <Skeleton className="h-32 w-full" />
      )}
    </Section>
  )
}

function SessionRow(props: { session: SessionEntry; busy: boolean; onRevoke: () => void }) {
  const { t } = useTranslation("account")
  const { userAgent, kind, address, createdAt, lastSeenAt, current } = props.session
  const known = deviceOf(userAgent)
  const nameless = kind === "token" ? t("sessions.program") : t("sessions.unknown")
  const device = known ? t("sessions.device", known) : nameless
  const facts = [
    address,
    t("sessions.began", { date: formatDateTime(createdAt) }),
    t("sessions.seen", { date: formatDateTime(lastSeenAt) }),
  ]
  return (
    <li className="flex items-center gap-4 py-3">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
          {device}
          {current && <Badge tone="success">{t("sessions.this")}</Badge>}
        </p>
        <p className="mt-0.5 text-muted text-xs tabular-nums [overflow-wrap:anywhere]">
          {facts.filter(Boolean).join(" · ")}
        </p>
      </div>
      {!current && (
        <Button
          size="sm"
          busy={props.busy}
          aria-label={t("sessions.revokeOne", { device })}
          onClick={props.onRevoke}
        >
          {t("sessions.revoke")}
        </Button>
      )}
    </li>
  )
}
