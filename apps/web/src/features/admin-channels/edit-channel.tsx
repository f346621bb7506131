import type { ChannelCreate } from "@nio/server/contract"
import { useNavigate } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { toast } from "../../ui/toast.tsx"
import { ChannelForm } from "./channel-form.tsx"
import { valuesOf } from "./channel-form-values.ts"
import { ChannelHead } from "./channel-head.tsx"

export function EditChannel({ id }: { id: string }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const navigate = useNavigate()
  const utils = trpc.useUtils()
  const providers = trpc.channel.providers.useQuery()
  const channels = trpc.channel.list.useQuery()
  const channel = channels.data?.find((one) => one.id === id)
  const toList = () => void navigate({ to: "/admin/channels" })
  const update = trpc.channel.update.useMutation({
    onSuccess: async () => {
      await utils.invalidate()
      toast.success(t("channels.saved"))
      toList()
    },
  })

  /** An empty box of secrets keeps what is stored. */
  function save({ secrets, ...rest }: ChannelCreate) {
    update.mutate({ id, edit: secrets.length > 0 ? { ...rest, secrets } : rest })
  }

  const error = channels.error ?? providers.error
  if (error)
    return (
      <ErrorState
        title={sentence(error)}
        retryLabel={words("common.retry")}
        onRetry={() => void Promise.all([channels.refetch(), providers.refetch()])}
      />
    )
  if (channels.data && !channel)
    return <ErrorState title={words("error.channel.not-found", { id })} />
  return (
    <>
      <ChannelHead title={channel?.name ?? t("channels.edit")} />
      {channel && providers.data ? (
        <ChannelForm
          providers={providers.data}
          values={valuesOf(channel)}
          secretHints={channel.secretHints}
          saving={update.isPending}
          error={update.error}
          onSave={save}
          onCancel={toList}
        />
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </>
  )
}
