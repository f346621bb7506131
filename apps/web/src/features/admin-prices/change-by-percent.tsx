import type { PriceView } from "@nio/server/contract"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"
import { toast } from "../../ui/toast.tsx"
import { readPercent } from "./percent.ts"
import { useTermsLabel } from "./use-terms-label.ts"

/** More models of a rule are counted, not named. */
const namedMax = 3

/** Makes chosen rules dearer or cheaper, all by the same share. */
export function ChangeByPercent({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("prices")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const { data: all = [] } = trpc.price.list.useQuery()
  const rules = all.filter(({ type }) => type !== "free")
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [text, setText] = useState("")
  const [wrong, setWrong] = useState(false)
  const change = trpc.price.change.useMutation({
    onSuccess: async (_, { ids }) => {
      await utils.invalidate()
      toast.success(t("percent.changed", { count: ids.length }))
      onClose()
    },
  })
  const ids = rules.map(({ id }) => id).filter((id) => !left.has(id))

  function submit(event: FormEvent) {
    event.preventDefault()
    const percent = readPercent(text)
    setWrong(percent === undefined)
    if (percent !== undefined && ids.length > 0) change.mutate({ ids, percent })
  }

  function toggle(id: string) {
    const others = new Set(left)
    if (!others.delete(id)) others.add(id)
    setLeft(others)
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("percent.title")}
      description={t("percent.text")}
      closeLabel={words("common.close")}
    >
      <form noValidate onSubmit={submit} className="grid gap-4">
        <Field
          label={t("percent.label")}
          hint={t("percent.hint")}
          error={wrong ? t("percent.wrong") : undefined}
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              className="tabular-nums"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <fieldset>
          <legend className="mb-1 font-medium text-sm">{t("percent.rules")}</legend>
          <div className="divide-y divide-line border-line border-y">
            {rules.map((rule) => (
              <Rule
                key={rule.id}
                rule={rule}
                chosen={!left.has(rule.id)}
                onToggle={() => toggle(rule.id)}
              />
            ))}
          </div>
        </fieldset>
        {change.error && (
          <Notice tone="danger" role="alert">
            {sentence(change.error)}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose}>{words("common.cancel")}</Button>
          <Button
            type="submit"
            variant="primary"
            busy={change.isPending}
            disabled={ids.length === 0}
          >
            {t("percent.apply", { count: ids.length })}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function Rule(props: { rule: PriceView; chosen: boolean; onToggle: () => void }) {
  const { models } = props.rule
  const label = useTermsLabel()
  const more = models.length > namedMax ? ` +${models.length - namedMax}` : ""
  return (
    <label className="flex cursor-pointer gap-3 px-1 py-2.5 hover:bg-hover">
      <input
        type="checkbox"
        className="mt-0.5 size-4 shrink-0 accent-(--color-accent)"
        checked={props.chosen}
        onChange={props.onToggle}
      />
      <span className="min-w-0 text-sm [overflow-wrap:anywhere]">
        <span className="font-mono">{models.slice(0, namedMax).join(", ") + more}</span>
        <span className="block text-muted text-xs tabular-nums">{label(props.rule)}</span>
      </span>
    </label>
  )
}
