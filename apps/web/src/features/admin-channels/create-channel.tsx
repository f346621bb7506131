import { useNavigate } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { ErrorState } from "../../ui/error-state.tsx"
import { FormSkeleton } from "../../ui/form-section.tsx"
import { toast } from "../../ui/toast.tsx"
import { ChannelForm } from "./channel-form.tsx"
import { newChannelOf, newValues } from "./channel-form-values.ts"
import { ChannelHead } from "./channel-head.tsx"

export function CreateChannel() {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const navigate = useNavigate()
  const utils = trpc.useUtils()
  const providers = trpc.channel.providers.useQuery()
  const create = trpc.channel.create.useMutation({
    onSuccess: async () => {
      await utils.invalidate()
      toast.success(t("channels.created"))
      void navigate({ to: "/admin/channels", ignoreBlocker: true })
    },
  })

  return (
    <>
      <ChannelHead title={t("channels.new")} />
      {providers.error && (
        <ErrorState
          title={sentence(providers.error)}
          retryLabel={words("common.retry")}
          onRetry={() => void providers.refetch()}
        />
      )}
      {providers.isPending && <FormSkeleton />}
      {providers.data && (
        <ChannelForm
          providers={providers.data}
          values={newValues(providers.data[0])}
          saving={create.isPending}
          error={create.error}
          onSave={(values) => create.mutate(newChannelOf(values))}
          onCancel={() => void navigate({ to: "/admin/channels" })}
        />
      )}
    </>
  )
}
