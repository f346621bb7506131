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

/** An account made by an administrator, who tells its password to whom it is for. */
export function CreateUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("people")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [name, setName] = useState("")
  const [password, setPassword] = useState("")
  const [email, setEmail] = useState("")
  const create = trpc.user.create.useMutation({
    async onSuccess() {
      toast.success(t("create.done", { name }))
      await utils.user.invalidate()
      onClose()
    },
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    create.mutate({ name, password, ...(email.trim() && { email: email.trim() }) })
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("create")}
      description={t("create.text")}
      closeLabel={words("common.close")}
      width="sm"
    >
      <form noValidate onSubmit={submit} className="grid gap-5">
        <Field label={t("name")}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("password")}>
          {(control) => (
            <Input
              {...control}
              autoComplete="new-password"
              className="font-mono"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("email")} hint={t("email.optional")}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        {create.error && <Notice tone="danger" role="alert" title={sentence(create.error)} />}
        <DialogActions>
          <Button onClick={onClose}>{words("common.cancel")}</Button>
          <Button
            type="submit"
            variant="primary"
            busy={create.isPending}
            disabled={!name.trim() || !password}
          >
            {t("create")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
