import type { IdentityView } from "@nio/server/contract"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDate } from "../../lib/format.ts"
import { withProof } from "../../lib/proof.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Confirm } from "../../ui/confirm.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Section } from "../../ui/section.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { toast } from "../../ui/toast.tsx"

type Provider = { id: string; name: string }

/** Accounts elsewhere that let somebody in, and those that could. Nothing, where the site takes none. */
export function IdentitiesSection({ providers }: { providers: readonly Provider[] }) {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const identities = trpc.oidc.identities.useQuery()

  if (identities.isPending) return <Skeleton className="h-24 w-full" />
  if (identities.error)
    return (
      <ErrorState
        title={sentence(identities.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void identities.refetch()}
      />
    )
  const { data } = identities
  const others = providers.filter(({ id }) => !data.some(({ provider }) => provider === id))
  if (data.length === 0 && others.length === 0) return null
  return (
    <Section title={t("identities")} text={t("identities.text")}>
      <ul className="divide-y divide-line border-line border-y">
        {data.map((identity) => (
          <IdentityRow
            key={identity.id}
            identity={identity}
            provider={providers.find(({ id }) => id === identity.provider)?.name}
          />
        ))}
        {others.map((provider) => (
          <Connect key={provider.id} provider={provider} />
        ))}
      </ul>
    </Section>
  )
}

function Connect({ provider }: { provider: Provider }) {
  const { t } = useTranslation("factors")
  const sentence = useErrorSentence()
  const link = trpc.oidc.link.useMutation()
  async function connect() {
    const asked = { provider: provider.id, redirect: location.pathname }
    try {
      location.assign((await withProof(() => link.mutateAsync(asked))).address)
    } catch (error) {
      toast.error(sentence(error))
    }
  }
  return (
    <li className="flex items-center gap-4 py-3">
      <p className="min-w-0 grow truncate font-medium text-sm">{provider.name}</p>
      <Button size="sm" busy={link.isPending} onClick={() => void connect()}>
        {t("identities.connect", { name: provider.name })}
      </Button>
    </li>
  )
}

function IdentityRow(props: { identity: IdentityView; provider: string | undefined }) {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [asked, setAsked] = useState(false)
  const { id, label, provider, createdAt, lastUsedAt } = props.identity
  const unlink = trpc.oidc.unlink.useMutation()
  async function disconnect() {
    setAsked(false)
    try {
      await withProof(() => unlink.mutateAsync({ id }))
      await utils.oidc.identities.invalidate()
    } catch (error) {
      toast.error(sentence(error))
    }
  }
  return (
    <li className="flex items-center gap-4 py-3">
      <div className="min-w-0 grow">
        <p className="truncate font-medium text-sm">{props.provider ?? provider}</p>
        <p className="truncate text-muted text-xs">
          {label} · {t("passkeys.used", { date: formatDate(lastUsedAt ?? createdAt) })}
        </p>
      </div>
      <Button size="sm" onClick={() => setAsked(true)}>
        {t("identities.disconnect")}
      </Button>
      {asked && (
        <Confirm
          open
          onOpenChange={() => setAsked(false)}
          title={t("identities.disconnect.title")}
          description={t("identities.disconnect.text", { label })}
          confirmLabel={t("identities.disconnect")}
          cancelLabel={words("common.cancel")}
          onConfirm={() => void disconnect()}
        />
      )}
    </li>
  )
}
