import type { PasskeyView } from "@nio/server/contract"
import { Fingerprint, MoreHorizontal, Pencil, Trash2 } from "lucide-react"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDate } from "../../lib/format.ts"
import { withProof } from "../../lib/proof.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Confirm } from "../../ui/confirm.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Input } from "../../ui/input.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { toast } from "../../ui/toast.tsx"

type ListProps = { passkeys: readonly PasskeyView[]; onChanged: () => void }

export function PasskeyList({ passkeys, onChanged }: ListProps) {
  const { t } = useTranslation("factors")
  if (passkeys.length === 0) return <p className="text-muted text-sm">{t("passkeys.none")}</p>
  return (
    <ul className="divide-y divide-line border-line border-y">
      {passkeys.map((passkey) => (
        <PasskeyRow key={passkey.id} passkey={passkey} onChanged={onChanged} />
      ))}
    </ul>
  )
}

type RowProps = { passkey: PasskeyView; onChanged: () => void }

function PasskeyRow({ passkey, onChanged }: RowProps) {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const [asked, setAsked] = useState<"rename" | "remove" | null>(null)
  const { id, name, createdAt, lastUsedAt } = passkey
  const remove = trpc.factor.removePasskey.useMutation()
  async function removed() {
    setAsked(null)
    try {
      await withProof(() => remove.mutateAsync({ id }))
      onChanged()
    } catch (error) {
      toast.error(sentence(error))
    }
  }
  return (
    <li className="flex items-center gap-3 py-3">
      <Fingerprint className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 grow">
        <p className="truncate font-medium text-sm">{name}</p>
        <p className="text-muted text-xs">
          {lastUsedAt === null
            ? t("passkeys.unused", { date: formatDate(createdAt) })
            : t("passkeys.used", { date: formatDate(lastUsedAt) })}
        </p>
      </div>
      <Menu
        trigger={
          <IconButton label={t("passkeys.more", { name })}>
            <MoreHorizontal className="size-4" />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil className="size-4" />} onSelect={() => setAsked("rename")}>
          {t("passkeys.rename")}
        </MenuItem>
        <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={() => setAsked("remove")}>
          {t("app.remove")}
        </MenuItem>
      </Menu>
      {asked === "rename" && (
        <Rename passkey={passkey} onClose={() => setAsked(null)} onChanged={onChanged} />
      )}
      {asked === "remove" && (
        <Confirm
          open
          onOpenChange={() => setAsked(null)}
          title={t("passkeys.remove.title")}
          description={t("passkeys.remove.text", { name })}
          confirmLabel={t("app.remove")}
          cancelLabel={words("common.cancel")}
          onConfirm={() => void removed()}
        />
      )}
    </li>
  )
}

function Rename({ passkey, onClose, onChanged }: RowProps & { onClose: () => void }) {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const { id } = passkey
  const rename = trpc.factor.renamePasskey.useMutation({
    onSuccess() {
      onChanged()
      onClose()
    },
  })
  const { register, handleSubmit, formState } = useForm({ defaultValues: { name: passkey.name } })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("passkeys.rename")}
      closeLabel={words("common.close")}
      width="sm"
    >
      <form noValidate onSubmit={handleSubmit(({ name }) => rename.mutate({ id, name }))}>
        <Field
          label={t("passkeys.name")}
          error={
            formState.errors.name?.message ?? (rename.error ? sentence(rename.error) : undefined)
          }
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={64}
              {...register("name", {
                validate: (name) => name.trim() !== "" || t("passkeys.name.missing"),
              })}
            />
          )}
        </Field>
        <DialogActions>
          <Button onClick={onClose}>{words("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={rename.isPending}>
            {words("common.save")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
