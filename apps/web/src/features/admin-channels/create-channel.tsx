import { useNavigate } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Skeleton } from "../../ui/skeleton.tsx"
import { toast } from "../../ui/toast.tsx"
import { ChannelForm } from "./channel-form.tsx"
import { newValues } from "./channel-form-values.ts"
import { ChannelHead } from "./channel-head.tsx"

export function CreateChannel() {
  const { t } = useTranslation("admin")
  const navigate = useNavigate()
  const utils = trpc.useUtils()
  const providers = trpc.channel.providers.useQuery()
  const toList = () => void navigate({ to: "/admin/channels" })
  const create = trpc.channel.create.useMutation({
    onSuccess: async () => {
      await utils.invalidate()
      toast.success(t("channels.created"))
      toList()
    },
  })

  return (
    <>
      <ChannelHead title={t("channels.new")} />
      {providers.data ? (
        <ChannelForm
          providers={providers.data}
          values={newValues(providers.data[0])}
          saving={create.isPending}
          error={create.error}
          onSave={(channel) => create.mutate(channel)}
          onCancel={toList}
        />
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </>
  )
}
