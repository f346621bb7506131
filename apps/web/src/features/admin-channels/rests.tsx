import type { ChannelHealth, ChannelView, RestView } from "@nio/server/contract"
import { RotateCcw } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDateTime } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { toast } from "../../ui/toast.tsx"
import { restsUntil, whoRests } from "./rest-in-words.ts"
import { healthEveryMs } from "./use-health.ts"

/** What of a channel sits out, why and until when, and the way back. */
export function Rests({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation("channels")
  const health = trpc.channel.health.useQuery(undefined, { refetchInterval: healthEveryMs })
  const own = health.data?.find(({ id }) => id === channel.id)
  if (!own || own.rests.length === 0) return null
  return (
    <section
      aria-label={t("rest.title")}
      className="mb-8 rounded-lg bg-warning-soft px-4 py-3 text-sm"
    >
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="grow font-medium text-warning">{t("rest.title")}</h2>
        {own.rests.length > 1 && <UseAgain id={channel.id} label={t("rest.useAll")} />}
      </div>
      <ul className="divide-y divide-line">
        {own.rests.map((rest) => (
          <Rest key={`${rest.keyId} ${rest.model}`} health={own} rest={rest} />
        ))}
      </ul>
    </section>
  )
}

function Rest({ health, rest }: { health: ChannelHealth; rest: RestView }) {
  const { t } = useTranslation("channels")
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 grow basis-72 [overflow-wrap:anywhere]">
        <p className="font-medium">
          {whoRests(t, health, rest)}
          <span className="font-normal text-muted"> · {restsUntil(t, rest)}</span>
        </p>
        <p>{t(`reason.${rest.reason}`)}</p>
        <p className="text-muted text-xs">
          {t("rest.since", { time: formatDateTime(rest.since) })}
          {rest.message && ` · ${rest.message}`}
        </p>
      </div>
      <UseAgain
        id={health.id}
        label={t("rest.use")}
        {...(rest.keyId !== undefined && { keyId: rest.keyId })}
        {...(rest.model !== undefined && { model: rest.model })}
      />
    </li>
  )
}

function UseAgain(props: { id: string; label: string; keyId?: string; model?: string }) {
  const { label, ...what } = props
  const { t } = useTranslation("channels")
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const restore = trpc.channel.restore.useMutation({
    onSuccess: () => toast.success(t("rest.used")),
    onError: (error) => toast.error(sentence(error)),
    onSettled: () => utils.channel.health.invalidate(),
  })
  return (
    <Button
      size="sm"
      icon={<RotateCcw className="size-4" />}
      busy={restore.isPending}
      onClick={() => restore.mutate(what)}
    >
      {label}
    </Button>
  )
}
