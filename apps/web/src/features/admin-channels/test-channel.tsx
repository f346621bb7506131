import type { ChannelTest, ChannelView } from "@nio/server/contract"
import { CircleAlert, CircleCheck } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatCount } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { offeredBy } from "./offered.ts"
import { TestRound } from "./test-round.tsx"
import { useKindSentence } from "./use-kind-sentence.ts"

/** Asks the upstream something tiny, for real: one model, or all of them one after another. */
export function TestChannel({ channel, onClose }: { channel: ChannelView; onClose: () => void }) {
  const [all, setAll] = useState(false)
  return all ? (
    <TestRound channels={[channel]} onClose={onClose} />
  ) : (
    <TestOne channel={channel} onTestAll={() => setAll(true)} onClose={onClose} />
  )
}

function TestOne(props: { channel: ChannelView; onTestAll: () => void; onClose: () => void }) {
  const { channel, onClose } = props
  const { t } = useTranslation("admin")
  const { t: more } = useTranslation("channels")
  const { t: words } = useTranslation()
  const offered = offeredBy(channel)
  const [model, setModel] = useState(offered[0] ?? "")
  const test = trpc.channel.test.useMutation()

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("channels.test.title", { name: channel.name })}
      description={t("channels.test.text")}
      closeLabel={words("common.close")}
    >
      <Field label={t("channels.test.model")}>
        {(control) => (
          <Select {...control} value={model} onChange={(event) => setModel(event.target.value)}>
            {offered.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
      <div aria-live="polite" className="mt-4 empty:hidden">
        {test.data && !test.isPending && <Outcome outcome={test.data} />}
        {test.error && <Failed error={test.error} />}
      </div>
      <DialogActions>
        {offered.length > 1 && (
          <Button onClick={props.onTestAll}>{more("round.all", { count: offered.length })}</Button>
        )}
        <Button
          variant="primary"
          busy={test.isPending}
          disabled={model === ""}
          onClick={() => test.mutate({ id: channel.id, model })}
        >
          {t("channels.test.run")}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Outcome({ outcome }: { outcome: ChannelTest }) {
  const { t } = useTranslation("admin")
  const kindSentence = useKindSentence()
  const ms = formatCount(outcome.ms)
  if (outcome.ok)
    return (
      <Notice
        tone="success"
        icon={<CircleCheck className="size-4" />}
        title={t("channels.test.ok", { ms })}
      >
        {outcome.text || t("channels.test.silent")}
      </Notice>
    )
  return (
    <Notice
      tone="danger"
      icon={<CircleAlert className="size-4" />}
      title={kindSentence(outcome.kind)}
    >
      <p>{outcome.message}</p>
      <p className="mt-1 text-muted text-xs">
        {t("channels.test.failed", { kind: outcome.kind, ms })}
      </p>
    </Notice>
  )
}

function Failed({ error }: { error: unknown }) {
  const sentence = useErrorSentence()
  return <Notice tone="danger">{sentence(error)}</Notice>
}
