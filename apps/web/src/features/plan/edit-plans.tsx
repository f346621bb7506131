import type { PlanConfig } from "@nio/server/contract"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { FormSection, FormSkeleton } from "../../ui/form-section.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Switch } from "../../ui/switch.tsx"
import { toast } from "../../ui/toast.tsx"
import { Discounts } from "./discounts.tsx"
import { configOf, type Draft, draftOf, faultsOf, planOf } from "./draft.ts"
import { LevelEditor } from "./level-editor.tsx"
import { PlanCard } from "./plan-card.tsx"
import { usePlanName } from "./plan-words.ts"

export function EditPlans() {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const { data, error, refetch } = trpc.plan.config.useQuery(undefined, { staleTime: Infinity })
  if (data) return <Editor config={data} />
  if (!error) return <FormSkeleton />
  return (
    <ErrorState
      title={sentence(error)}
      retryLabel={t("common.retry")}
      onRetry={() => void refetch()}
    />
  )
}

function Editor({ config }: { config: PlanConfig }) {
  const { t } = useTranslation("plans")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const nameOf = usePlanName()
  const utils = trpc.useUtils()
  const [draft, setDraft] = useState(() => draftOf(config))
  const [tried, setTried] = useState(false)
  const save = trpc.plan.save.useMutation({
    async onSuccess() {
      toast.success(t("admin.saved"))
      await Promise.all([utils.plan.invalidate(), utils.session.invalidate()])
    },
  })
  const faults = faultsOf(draft)
  const change = (some: Partial<Draft>) => setDraft({ ...draft, ...some })
  const shown = draft.levels.flatMap((level) => planOf(level) ?? [])

  function submit() {
    setTried(true)
    if (faults.length === 0) save.mutate(configOf(draft))
  }

  return (
    <div className="grid gap-12">
      <FormSection title={t("admin.offer")} text={t("admin.offer.text")}>
        <Toggle
          label={t("admin.enabled")}
          on={draft.enabled}
          onChange={(enabled) => change({ enabled })}
        />
        <Toggle
          label={t("admin.relay")}
          text={t("admin.relay.text")}
          on={draft.relay}
          onChange={(relay) => change({ relay })}
        />
      </FormSection>
      {draft.levels.map((level, at) => (
        <LevelEditor
          key={level.level}
          draft={level}
          others={draft.levels.filter((other) => other !== level)}
          onChange={(next) => change({ levels: draft.levels.with(at, next) })}
        />
      ))}
      <FormSection title={t("admin.discounts")} text={t("admin.discounts.text")}>
        <Discounts discounts={draft.discounts} onChange={(discounts) => change({ discounts })} />
      </FormSection>
      {shown.length > 0 && (
        <FormSection title={t("admin.preview")} text={t("admin.preview.text")}>
          <div className="grid gap-4 sm:grid-cols-2">
            {shown.map((plan) => (
              <PlanCard key={plan.level} plan={plan} months={1} discounts={[]} />
            ))}
          </div>
        </FormSection>
      )}
      <div className="grid gap-4">
        {tried && faults.length > 0 && (
          <Notice tone="danger" role="alert">
            <ul>
              {faults.map(({ level, fault }) => (
                <li key={`${level} ${fault}`}>
                  {level && `${nameOf({ level })}: `}
                  {t(`fault.${fault}`)}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {save.error && (
          <Notice tone="danger" role="alert">
            {sentence(save.error)}
          </Notice>
        )}
        <div className="flex justify-end">
          <Button variant="primary" busy={save.isPending} onClick={submit}>
            {words("common.save")}
          </Button>
        </div>
      </div>
    </div>
  )
}

function Toggle(props: {
  label: string
  text?: string
  on: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <div className="flex items-start gap-4">
      <div className="min-w-0 grow text-sm">
        <p className="font-medium">{props.label}</p>
        {props.text && <p className="text-muted text-xs">{props.text}</p>}
      </div>
      <Switch aria-label={props.label} checked={props.on} onCheckedChange={props.onChange} />
    </div>
  )
}
