import { Check, Copy } from "lucide-react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { useCopy } from "../../lib/use-copy.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"

const nameCharsMax = 64

export function CreateKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const utils = trpc.useUtils()
  const create = trpc.apiKey.create.useMutation({
    onSuccess: () => utils.apiKey.list.invalidate(),
  })
  const key = create.data?.key

  return (
    <Dialog
      open
      // Once shown, the key is left by its button only: a stray click would lose it for good.
      onOpenChange={() => !key && onClose()}
      title={t(key ? "account.keys.readyTitle" : "account.keys.create")}
      {...(key && { description: t("account.keys.readyText") })}
      closeLabel={t("common.close")}
    >
      {key ? (
        <NewKey value={key} onClose={onClose} />
      ) : (
        <NameForm
          busy={create.isPending}
          error={create.error}
          onSubmit={(name) => create.mutate({ name })}
          onCancel={onClose}
        />
      )}
    </Dialog>
  )
}

function NameForm(props: {
  busy: boolean
  error: unknown
  onSubmit: (name: string) => void
  onCancel: () => void
}) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const { register, handleSubmit, formState } = useForm({ defaultValues: { name: "" } })
  return (
    <form noValidate onSubmit={handleSubmit(({ name }) => props.onSubmit(name.trim()))}>
      <Field
        label={t("account.keys.name")}
        hint={t("account.keys.nameHint")}
        error={formState.errors.name?.message ?? (props.error ? sentence(props.error) : undefined)}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={nameCharsMax}
            autoComplete="off"
            {...register("name", {
              validate: (name) => name.trim() !== "" || t("account.keys.nameMissing"),
            })}
          />
        )}
      </Field>
      <DialogActions>
        <Button onClick={props.onCancel}>{t("common.cancel")}</Button>
        <Button type="submit" variant="primary" busy={props.busy}>
          {t("common.create")}
        </Button>
      </DialogActions>
    </form>
  )
}

function NewKey({ value, onClose }: { value: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { copied, copy } = useCopy()
  return (
    <>
      <code className="block select-all rounded-md bg-panel px-3.5 py-3 font-mono text-sm [overflow-wrap:anywhere]">
        {value}
      </code>
      <DialogActions>
        <Button onClick={onClose}>{t("account.keys.done")}</Button>
        <Button
          variant="primary"
          icon={copied ? <Check className="size-4" /> : <Copy className="size-4" />}
          onClick={() => void copy(value)}
        >
          {t(copied ? "common.copied" : "common.copy")}
        </Button>
      </DialogActions>
    </>
  )
}
