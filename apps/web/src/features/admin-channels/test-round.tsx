import type { ChannelTestRound, ChannelView } from "@nio/server/contract"
import { CircleAlert, CircleCheck } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatCount } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Notice } from "../../ui/notice.tsx"
import { offeredBy } from "./offered.ts"
import { useKindSentence } from "./use-kind-sentence.ts"

const lookMs = 700

/** Tests every model of some channels, and shows how long each took while they come in. */
export function TestRound(props: { channels: readonly ChannelView[]; onClose: () => void }) {
  const { channels } = props
  const { t } = useTranslation("channels")
  const { t: admin } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const begin = trpc.channel.testMany.useMutation()
  const roundId = begin.data?.roundId ?? ""
  const round = trpc.channel.testRound.useQuery(
    { roundId },
    {
      enabled: roundId !== "",
      refetchInterval: ({ state }) => (state.data?.done ? false : lookMs),
    },
  )
  const total = channels.reduce((sum, channel) => sum + offeredBy(channel).length, 0)
  const error = begin.error ?? round.error

  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={
        channels.length === 1
          ? admin("channels.test.title", { name: channels[0]?.name ?? "" })
          : t("round.title", { count: channels.length })
      }
      description={admin("channels.test.text")}
      closeLabel={words("common.close")}
    >
      {!begin.data && <p className="text-sm">{t("round.asks", { count: total })}</p>}
      {error && (
        <Notice tone="danger" role="alert">
          {sentence(error)}
        </Notice>
      )}
      {begin.data && <Progress round={round.data} total={begin.data.total} channels={channels} />}
      <DialogActions>
        {begin.data ? (
          <Button onClick={props.onClose}>{words("common.close")}</Button>
        ) : (
          <Button
            variant="primary"
            busy={begin.isPending}
            onClick={() => begin.mutate({ ids: channels.map(({ id }) => id) })}
          >
            {admin("channels.test.run")}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}

function Progress(props: {
  round: ChannelTestRound | null | undefined
  total: number
  channels: readonly ChannelView[]
}) {
  const { round, total, channels } = props
  const { t } = useTranslation("channels")
  const results = round?.results ?? []
  const failed = results.filter(({ test }) => !test.ok).length
  return (
    <>
      <p className="text-sm tabular-nums" role="status">
        {round?.done
          ? t("round.done", {
              ok: formatCount(results.length - failed),
              failed: formatCount(failed),
            })
          : t("round.progress", { done: formatCount(results.length), total: formatCount(total) })}
      </p>
      <div aria-hidden="true" className="mt-2 h-1 overflow-hidden rounded-full bg-active">
        <div
          className="h-full bg-accent transition-[width] duration-150"
          style={{ width: `${total === 0 ? 100 : (results.length / total) * 100}%` }}
        />
      </div>
      <ul className="mt-3 divide-y divide-line">
        {results.map((result) => (
          <Result
            key={`${result.channelId} ${result.model}`}
            result={result}
            channel={
              channels.length > 1
                ? channels.find(({ id }) => id === result.channelId)?.name
                : undefined
            }
          />
        ))}
      </ul>
    </>
  )
}

function Result(props: {
  result: ChannelTestRound["results"][number]
  channel: string | undefined
}) {
  const { model, test } = props.result
  const kindSentence = useKindSentence()
  return (
    <li className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 py-2 text-sm">
      {test.ok ? (
        <CircleCheck className="size-4 text-success" />
      ) : (
        <CircleAlert className="size-4 text-danger" />
      )}
      <span className="min-w-0 truncate font-mono">
        {model}
        {props.channel && <span className="font-sans text-muted"> · {props.channel}</span>}
      </span>
      <span className="text-muted text-xs tabular-nums">{formatCount(test.ms)} ms</span>
      {!test.ok && (
        <p className="col-span-2 col-start-2 text-muted text-xs [overflow-wrap:anywhere]">
          {kindSentence(test.kind)} {test.message}
        </p>
      )}
    </li>
  )
}
