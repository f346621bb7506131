import type { UserDetail } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDateTime } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Section } from "../../ui/section.tsx"
import { toast } from "../../ui/toast.tsx"

/** By what somebody gets in: sessions, second factors and keys, each of which can be ended. */
export function UserSecurity({ user }: { user: UserDetail }) {
  const { t } = useTranslation("people")
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const after = {
    async onSuccess() {
      toast.success(t("done"))
      await utils.user.invalidate()
    },
    onError: (error: unknown) => toast.error(sentence(error)),
  }
  const endSessions = trpc.user.endSessions.useMutation(after)
  const resetFactors = trpc.user.resetFactors.useMutation(after)
  const revoke = trpc.user.revokeKey.useMutation(after)
  const { id: userId, sessions, factors, keys } = user
  const hasFactors = factors.authenticator || factors.passkeys > 0

  return (
    <>
      <Section title={t("security")}>
        <ul className="divide-y divide-line border-line border-y text-sm">
          <li className="flex items-center gap-4 py-2.5">
            <span className="min-w-0 grow">
              {t("sessions")}: {sessions.length}
              <span className="block truncate text-muted text-xs">
                {sessions.map(({ address }) => address).join(", ")}
              </span>
            </span>
            <Button
              size="sm"
              disabled={sessions.length === 0}
              busy={endSessions.isPending}
              onClick={() => endSessions.mutate({ userId })}
            >
              {t("sessions.end")}
            </Button>
          </li>
          <li className="flex items-center gap-4 py-2.5">
            <span className="min-w-0 grow">
              {t("factors")}
              <span className="block text-muted text-xs">
                {t("factors.some", {
                  app: t(factors.authenticator ? "yes" : "no"),
                  passkeys: factors.passkeys,
                })}
              </span>
            </span>
            <Button
              size="sm"
              disabled={!hasFactors}
              busy={resetFactors.isPending}
              onClick={() => resetFactors.mutate({ userId })}
            >
              {t("factors.reset")}
            </Button>
          </li>
        </ul>
      </Section>
      <Section title={t("keys")}>
        {keys.length === 0 ? (
          <p className="text-muted text-sm">{t("keys.none")}</p>
        ) : (
          <ul className="divide-y divide-line border-line border-y text-sm">
            {keys.map(({ id, name, hint, lastUsedAt }) => (
              <li key={id} className="flex items-center gap-4 py-2.5">
                <span className="min-w-0 grow truncate">
                  {name} <span className="font-mono text-muted text-xs">…{hint}</span>
                  {lastUsedAt !== null && (
                    <span className="block text-muted text-xs">{formatDateTime(lastUsedAt)}</span>
                  )}
                </span>
                <Button
                  size="sm"
                  className="max-w-48 truncate text-danger!"
                  busy={revoke.isPending}
                  onClick={() => revoke.mutate({ userId, id })}
                >
                  {t("keys.revoke", { name })}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  )
}
