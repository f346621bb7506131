import { type FormEvent, type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"

const reasonCharsMax = 200

/** Something done to somebody, with a reason and perhaps a value. What is refused stays in the form. */
export function ActDialog(props: {
  title: string
  text: string
  confirm: string
  /** The value it takes; none when left out. */
  value?: { label: string; initial?: string; problem?: (text: string) => string | undefined }
  busy: boolean
  error: unknown
  onSubmit: (input: { value: string; reason: string }) => void
  onClose: () => void
}) {
  const { t } = useTranslation("people")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const [value, setValue] = useState(props.value?.initial ?? "")
  const [reason, setReason] = useState("")
  const [tried, setTried] = useState(false)
  const valueProblem = props.value?.problem?.(value)
  const reasonProblem = reason.trim() ? undefined : t("reason.missing")

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!valueProblem && !reasonProblem) props.onSubmit({ value, reason: reason.trim() })
  }

  const field = (label: string, error: string | undefined, input: Typed, hint?: ReactNode) => (
    <Field label={label} hint={hint} error={tried ? error : undefined}>
      {(control) => (
        <Input
          {...control}
          autoComplete="off"
          maxLength={input.max}
          value={input.text}
          onChange={(event) => input.set(event.target.value)}
        />
      )}
    </Field>
  )

  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={props.title}
      description={props.text}
      closeLabel={words("common.close")}
      width="sm"
    >
      <form noValidate onSubmit={submit} className="grid gap-5">
        {props.value && field(props.value.label, valueProblem, { text: value, set: setValue })}
        {field(
          t("reason"),
          reasonProblem,
          { text: reason, set: setReason, max: reasonCharsMax },
          t("reason.hint"),
        )}
        {props.error != null && <Notice tone="danger" role="alert" title={sentence(props.error)} />}
        <DialogActions>
          <Button onClick={props.onClose}>{words("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={props.busy}>
            {props.confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

type Typed = { text: string; set: (text: string) => void; max?: number }
