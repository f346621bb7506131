import { type FormEvent, type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../i18n/use-failure.ts"
import { Button } from "./button.tsx"
import { Dialog, DialogActions } from "./dialog.tsx"
import { Field } from "./field.tsx"
import { Input } from "./input.tsx"
import { Notice } from "./notice.tsx"

const reasonCharsMax = 200

/** Something an administrator does to somebody, with a reason. What is refused stays in the form. */
export function ReasonDialog(props: {
  title: string
  text: string
  confirm: string
  danger?: boolean
  busy: boolean
  error: unknown
  onSubmit: (reason: string) => void
  onClose: () => void
  /** What it takes besides, and whether it was tried already: then it says what is wrong. */
  children?: (tried: boolean) => ReactNode
}) {
  const { t } = useTranslation("people")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const [reason, setReason] = useState("")
  const [tried, setTried] = useState(false)
  const problem = reason.trim() ? undefined : t("reason.missing")

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!problem) props.onSubmit(reason.trim())
  }

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
        {props.children?.(tried)}
        <Field label={t("reason")} hint={t("reason.hint")} error={tried ? problem : undefined}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={reasonCharsMax}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {props.error != null && <Notice tone="danger" role="alert" title={sentence(props.error)} />}
        <DialogActions>
          <Button onClick={props.onClose}>{words("common.cancel")}</Button>
          <Button type="submit" variant={props.danger ? "danger" : "primary"} busy={props.busy}>
            {props.confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
