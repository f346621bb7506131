import type { CodeKind } from "@nio/server/contract"
import { Check, Copy } from "lucide-react"
import { useEffect } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { useCopy } from "../../lib/use-copy.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Textarea } from "../../ui/input.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { SaveCodes } from "./save-codes.tsx"

/** A batch that was just made, to be saved or copied. */
export function MadeCodes(props: { kind: CodeKind; batchId: string; onClose: () => void }) {
  const { kind, batchId, onClose } = props
  const { t } = useTranslation("codes")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const { copied, copy } = useCopy()
  const { data, error, mutate } = trpc.code.export.useMutation()
  useEffect(() => mutate({ kind, batchId, format: "txt" }), [kind, batchId, mutate])
  const codes = data?.trim().replaceAll("\r\n", "\n") ?? ""

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={data ? t("made.title", { count: codes.split("\n").length }) : t("create")}
      description={t("made.text")}
      closeLabel={words("common.close")}
      width="sm"
    >
      {error ? (
        <ErrorState
          title={sentence(error)}
          retryLabel={words("common.retry")}
          onRetry={() => mutate({ kind, batchId, format: "txt" })}
        />
      ) : data ? (
        <Textarea
          readOnly
          aria-label={t("made.codes")}
          className="h-56 font-mono text-xs!"
          value={codes}
        />
      ) : (
        <Skeleton className="h-56 w-full" />
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <SaveCodes filter={{ kind, batch: batchId }} />
        <Button
          size="sm"
          disabled={!data}
          icon={copied ? <Check className="size-4" /> : <Copy className="size-4" />}
          onClick={() => void copy(codes)}
        >
          {copied ? words("common.copied") : t("copyAll")}
        </Button>
      </div>
      <DialogActions>
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
