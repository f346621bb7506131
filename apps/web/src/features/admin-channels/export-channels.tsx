import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { downloadJson } from "../../lib/download.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Notice } from "../../ui/notice.tsx"

/** Writes channels into a file: all of them without `ids`. Secrets only when somebody says so. */
export function ExportChannels({ ids, onClose }: { ids?: string[]; onClose: () => void }) {
  const { t } = useTranslation("channels")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const [withSecrets, setWithSecrets] = useState(false)
  const take = trpc.channel.export.useMutation({
    onSuccess(file) {
      downloadJson(file, "channels.json")
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={ids ? t("export.some", { count: ids.length }) : t("export.all")}
      description={t("export.text")}
      closeLabel={words("common.close")}
      width="sm"
    >
      <label className="flex items-center gap-2.5 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-(--color-accent)"
          checked={withSecrets}
          onChange={(event) => setWithSecrets(event.target.checked)}
        />
        {t("export.secrets")}
      </label>
      {withSecrets && (
        <div className="mt-3">
          <Notice tone="warning">{t("export.secrets.text")}</Notice>
        </div>
      )}
      {take.error && (
        <div className="mt-3">
          <Notice tone="danger" role="alert">
            {sentence(take.error)}
          </Notice>
        </div>
      )}
      <DialogActions>
        <Button onClick={onClose}>{words("common.cancel")}</Button>
        <Button
          variant="primary"
          busy={take.isPending}
          onClick={() => take.mutate({ withSecrets, ...(ids && { ids }) })}
        >
          {t("export.do")}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
