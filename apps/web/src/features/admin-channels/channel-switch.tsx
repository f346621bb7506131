import type { ChannelView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Switch } from "../../ui/switch.tsx"
import { toast } from "../../ui/toast.tsx"

/** On or off, at once; a refusal puts it back and says why. */
export function ChannelSwitch({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation("admin")
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const edit = trpc.channel.update.useMutation({
    onError: (error) => toast.error(sentence(error)),
    onSettled: () => utils.invalidate(),
  })
  const wanted = edit.isPending ? edit.variables.edit.enabled : undefined
  return (
    <Switch
      aria-label={t("channels.toggle", { name: channel.name })}
      checked={wanted ?? channel.enabled}
      onCheckedChange={(enabled) => edit.mutate({ id: channel.id, edit: { enabled } })}
    />
  )
}
