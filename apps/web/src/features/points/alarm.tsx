import { toPoints } from "@nio/server/contract/micropoints"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatPointsExactly } from "../../lib/format.ts"
import { parsePoints } from "../../lib/points.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Section } from "../../ui/section.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { toast } from "../../ui/toast.tsx"

/** To be told when there are few points left. */
export function Alarm() {
  const { t } = useTranslation("money")
  const alarm = trpc.account.alarm.useQuery()
  return (
    <Section title={t("alarm.title")} text={t("alarm.text")}>
      {alarm.data ? <AlarmForm below={alarm.data.below} /> : <Skeleton className="h-16 w-full" />}
    </Section>
  )
}

function AlarmForm({ below }: { below: number | null }) {
  const { t } = useTranslation("money")
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [text, setText] = useState(below === null ? "" : String(toPoints(below)))
  const [wrong, setWrong] = useState<string>()
  const save = trpc.account.setAlarm.useMutation({
    onSuccess(alarm) {
      utils.account.alarm.setData(undefined, alarm)
      toast.success(
        alarm.below === null
          ? t("alarm.off")
          : t("alarm.on", { points: formatPointsExactly(alarm.below) }),
      )
    },
    onError: (error) => setWrong(sentence(error)),
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    const points = text.trim() === "" ? null : parsePoints(text)
    if (points === undefined) return setWrong(t("alarm.wrong"))
    save.mutate({ below: points })
  }

  return (
    <form noValidate onSubmit={submit} className="max-w-sm">
      <Field label={t("alarm.below")} hint={t("alarm.hint")} error={wrong}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              className="tabular-nums"
              value={text}
              onChange={(event) => {
                setText(event.target.value)
                setWrong(undefined)
              }}
            />
            <Button type="submit" busy={save.isPending}>
              {t("alarm.save")}
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
