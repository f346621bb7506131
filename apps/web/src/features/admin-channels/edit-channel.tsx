import type { ChannelView, ProviderView } from "@nio/server/contract"
import { useNavigate } from "@tanstack/react-router"
import { CirclePlay, TriangleAlert } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { FormSkeleton } from "../../ui/form-section.tsx"
import { Notice } from "../../ui/notice.tsx"
import { toast } from "../../ui/toast.tsx"
import { ChannelForm } from "./channel-form.tsx"
import { type ChannelValues, channelOf, valuesOf } from "./channel-form-values.ts"
import { ChannelHead } from "./channel-head.tsx"
import { Rests } from "./rests.tsx"
import { TestChannel } from "./test-channel.tsx"
import { useFault } from "./use-fault.ts"

export function EditChannel({ id }: { id: string }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const providers = trpc.channel.providers.useQuery()
  const channels = trpc.channel.list.useQuery()
  const channel = channels.data?.find((one) => one.id === id)
  const error = channels.error ?? providers.error

  if (channel && providers.data) return <Editor channel={channel} providers={providers.data} />
  return (
    <>
      <ChannelHead title={t("channels.edit")} />
      {error && (
        <ErrorState
          title={sentence(error)}
          retryLabel={words("common.retry")}
          onRetry={() => void Promise.all([channels.refetch(), providers.refetch()])}
        />
      )}
      {!error && channels.data && !channel && (
        <ErrorState title={words("error.channel.not-found", { id })} />
      )}
      {!error && !channels.data && <FormSkeleton />}
    </>
  )
}

type EditorProps = { channel: ChannelView; providers: readonly ProviderView[] }

function Editor({ channel, providers }: EditorProps) {
  const { t } = useTranslation("admin")
  const navigate = useNavigate()
  const utils = trpc.useUtils()
  const fault = useFault(channel, providers)
  const [testing, setTesting] = useState(false)
  const update = trpc.channel.update.useMutation({
    onSuccess: async () => {
      await utils.invalidate()
      toast.success(t("channels.saved"))
      void navigate({ to: "/admin/channels", ignoreBlocker: true })
    },
  })

  /** An empty box of secrets keeps what is stored. */
  function save(values: ChannelValues) {
    const { secrets, ...rest } = channelOf(values)
    const edit = secrets.length > 0 ? { ...rest, secrets } : rest
    update.mutate({ id: channel.id, edit })
  }

  return (
    <>
      <ChannelHead
        title={channel.name}
        action={
          !fault && (
            <Button icon={<CirclePlay className="size-4" />} onClick={() => setTesting(true)}>
              {t("channels.test")}
            </Button>
          )
        }
      />
      {fault && (
        <div className="mb-8">
          <Notice
            tone="danger"
            icon={<TriangleAlert className="size-4" />}
            title={t("channels.broken", { reason: fault })}
          >
            {t("channels.broken.text")}
          </Notice>
        </div>
      )}
      <Rests channel={channel} />
      <ChannelForm
        channelId={channel.id}
        loginHint={channel.proxy?.login}
        providers={providers}
        values={valuesOf(channel)}
        secretHints={channel.secretHints}
        saving={update.isPending}
        error={update.error}
        onSave={save}
        onCancel={() => void navigate({ to: "/admin/channels" })}
      />
      {testing && <TestChannel channel={channel} onClose={() => setTesting(false)} />}
    </>
  )
}
