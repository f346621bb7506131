import { CloudDownload } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Input } from "../../ui/input.tsx"
import { toast } from "../../ui/toast.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"
import { channelOf } from "./channel-form-values.ts"
import { useKindSentence } from "./use-kind-sentence.ts"

/** Asks the upstream what it has, by the form as it stands, and lets some of it be picked. */
export function FetchModels(props: {
  form: ChannelFormControls
  channelId: string | undefined
  have: readonly string[]
  onAdd: (models: readonly string[]) => void
}) {
  const { t } = useTranslation("channels")
  const sentence = useErrorSentence()
  const kindSentence = useKindSentence()
  const fetching = trpc.channel.fetchModels.useMutation({
    onError: (error) => toast.error(sentence(error)),
    onSuccess: (answer) => {
      if (!answer.ok) toast.error(`${kindSentence(answer.kind)} ${answer.message}`)
    },
  })

  function ask() {
    const { secrets, models: _, costs: __, ...rest } = channelOf(props.form.getValues())
    const edit = secrets.length > 0 ? { ...rest, secrets } : rest
    const { name, ...access } = edit
    const id = props.channelId
    fetching.mutate({ edit: name === "" ? access : edit, ...(id !== undefined && { id }) })
  }

  const found = fetching.data?.ok ? fetching.data.models : undefined
  return (
    <>
      <Button
        size="sm"
        icon={<CloudDownload className="size-4" />}
        busy={fetching.isPending}
        onClick={ask}
      >
        {t("fetch")}
      </Button>
      {found && (
        <PickModels
          found={found}
          have={props.have}
          onAdd={props.onAdd}
          onClose={() => fetching.reset()}
        />
      )}
    </>
  )
}

function PickModels(props: {
  found: readonly string[]
  have: readonly string[]
  onAdd: (models: readonly string[]) => void
  onClose: () => void
}) {
  const { found, have } = props
  const { t } = useTranslation("channels")
  const { t: words } = useTranslation()
  const fresh = found.filter((model) => !have.includes(model))
  const [search, setSearch] = useState("")
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(fresh))
  const shown = fresh.filter((model) => model.toLowerCase().includes(search.toLowerCase()))
  const all = shown.length > 0 && shown.every((model) => chosen.has(model))

  function toggle(models: readonly string[], on: boolean) {
    const next = new Set(chosen)
    for (const model of models) {
      if (on) next.add(model)
      else next.delete(model)
    }
    setChosen(next)
  }

  function add() {
    props.onAdd([...have, ...fresh.filter((model) => chosen.has(model))])
    props.onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={t("fetch.title", { count: found.length })}
      description={t("fetch.text", { count: fresh.length })}
      closeLabel={words("common.close")}
    >
      {fresh.length > 0 && (
        <>
          <Input
            type="search"
            aria-label={t("fetch.search")}
            placeholder={t("fetch.search")}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <label className="mt-3 flex items-center gap-2.5 border-line border-b py-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-(--color-accent)"
              checked={all}
              onChange={(event) => toggle(shown, event.target.checked)}
            />
            {t("fetch.all")}
          </label>
          <ul className="max-h-72 overflow-y-auto py-1">
            {shown.map((model) => (
              <li key={model}>
                <label className="flex items-center gap-2.5 py-1.5 font-mono text-sm">
                  <input
                    type="checkbox"
                    className="size-4 shrink-0 accent-(--color-accent)"
                    checked={chosen.has(model)}
                    onChange={(event) => toggle([model], event.target.checked)}
                  />
                  <span className="min-w-0 truncate">{model}</span>
                </label>
              </li>
            ))}
          </ul>
        </>
      )}
      <DialogActions>
        <Button onClick={props.onClose}>{words("common.cancel")}</Button>
        <Button variant="primary" disabled={chosen.size === 0} onClick={add}>
          {t("fetch.add", { count: chosen.size })}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
