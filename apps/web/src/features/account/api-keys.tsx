import { KeyRound, Plus } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDate } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Confirm } from "../../ui/confirm.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { toast } from "../../ui/toast.tsx"
import { CreateKey } from "./create-key.tsx"
import { Section } from "./section.tsx"

export function ApiKeys() {
  const { t } = useTranslation()
  const [creating, setCreating] = useState(false)

  return (
    <Section
      title={t("account.keys")}
      text={t("account.keys.text", { address: `${location.origin}/v1` })}
      action={
        <Button size="sm" icon={<Plus className="size-4" />} onClick={() => setCreating(true)}>
          {t("account.keys.create")}
        </Button>
      }
    >
      <KeyList />
      {creating && <CreateKey onClose={() => setCreating(false)} />}
    </Section>
  )
}

function KeyList() {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const keys = trpc.apiKey.list.useQuery()

  if (keys.isPending) return <Skeleton className="h-14 w-full" />
  if (keys.error)
    return (
      <ErrorState
        title={sentence(keys.error)}
        retryLabel={t("common.retry")}
        onRetry={() => void keys.refetch()}
      />
    )
  if (keys.data.length === 0)
    return (
      <p className="rounded-lg bg-panel px-5 py-6 text-center text-muted text-sm">
        {t("account.keys.empty")}
      </p>
    )
  return (
    <ul className="divide-y divide-line border-line border-y">
      {keys.data.map((key) => (
        <KeyRow key={key.id} apiKey={key} />
      ))}
    </ul>
  )
}

type ApiKey = { id: string; name: string; hint: string; createdAt: number }

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [asking, setAsking] = useState(false)
  const revoke = trpc.apiKey.revoke.useMutation({
    onSuccess: () => toast.success(t("account.keys.revoked")),
    onError: (error) => toast.error(sentence(error)),
    onSettled: () => utils.apiKey.list.invalidate(),
  })

  return (
    <li className="flex items-center gap-3 py-2.5">
      <KeyRound className="size-4 shrink-0 text-muted" />
      <div className="min-w-0 grow">
        <p className="truncate font-medium">{apiKey.name}</p>
        <p className="truncate text-muted text-xs">
          <span className="font-mono">…{apiKey.hint}</span>
          {" · "}
          {t("account.keys.created", { date: formatDate(apiKey.createdAt) })}
        </p>
      </div>
      <Button size="sm" variant="ghost" className="text-danger!" onClick={() => setAsking(true)}>
        {t("account.keys.revoke")}
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("account.keys.revokeTitle", { name: apiKey.name })}
        description={t("account.keys.revokeText")}
        confirmLabel={t("account.keys.revoke")}
        cancelLabel={t("common.cancel")}
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate({ id: apiKey.id })}
      />
    </li>
  )
}
