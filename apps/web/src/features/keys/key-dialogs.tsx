import type { ApiKeyTerms, ApiKeyView, KeyGroup } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Dialog } from "../../ui/dialog.tsx"
import { toast } from "../../ui/toast.tsx"
import { KeyForm } from "./key-form.tsx"
import { emptyValues, valuesOf } from "./key-form-values.ts"
import { limitsInWords } from "./limits-in-words.ts"
import { NewKey } from "./new-key.tsx"

type Props = { groups: readonly KeyGroup[]; onClose: () => void }

export function CreateKey({ groups, onClose }: Props) {
  const { t } = useTranslation("keys")
  const { t: words } = useTranslation()
  const utils = trpc.useUtils()
  const create = trpc.apiKey.create.useMutation({ onSuccess: () => utils.apiKey.invalidate() })

  if (create.data) return <NewKey value={create.data.key} onClose={onClose} />
  return (
    <Dialog open onOpenChange={onClose} title={t("create")} closeLabel={words("common.close")}>
      <KeyForm
        values={emptyValues}
        groups={groups}
        limitsOpen={false}
        submitLabel={words("common.create")}
        busy={create.isPending}
        error={create.error}
        onSubmit={(terms) => create.mutate(terms)}
        onCancel={onClose}
      />
    </Dialog>
  )
}

export function EditKey({ apiKey, groups, onClose }: Props & { apiKey: ApiKeyView }) {
  const { t } = useTranslation("keys")
  const { t: words } = useTranslation()
  const utils = trpc.useUtils()
  const update = trpc.apiKey.update.useMutation({
    async onSuccess() {
      await utils.apiKey.invalidate()
      toast.success(t("saved"))
      onClose()
    },
  })
  const save = (terms: ApiKeyTerms) => update.mutate({ id: apiKey.id, ...terms })

  return (
    <Dialog open onOpenChange={onClose} title={t("edit.title")} closeLabel={words("common.close")}>
      <KeyForm
        values={valuesOf(apiKey)}
        groups={groups}
        limitsOpen={limitsInWords(t, apiKey).length > 0}
        submitLabel={words("common.save")}
        busy={update.isPending}
        error={update.error}
        onSubmit={save}
        onCancel={onClose}
      />
    </Dialog>
  )
}
