import { Check, Copy } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useCopy } from "../../lib/use-copy.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"

/** A key the only time it is shown. Left by its button only: a stray click would lose it for good. */
export function NewKey({ value, onClose }: { value: string; onClose: () => void }) {
  const { t } = useTranslation("keys")
  const { t: words } = useTranslation()
  const { copied, copy } = useCopy()
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      title={t("ready.title")}
      description={t("ready.text")}
      closeLabel={words("common.close")}
    >
      <code className="block select-all rounded-md bg-panel px-3.5 py-3 font-mono text-sm [overflow-wrap:anywhere]">
        {value}
      </code>
      <DialogActions>
        <Button onClick={onClose}>{t("ready.done")}</Button>
        <Button
          variant="primary"
          icon={copied ? <Check className="size-4" /> : <Copy className="size-4" />}
          onClick={() => void copy(value)}
        >
          {words(copied ? "common.copied" : "common.copy")}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
