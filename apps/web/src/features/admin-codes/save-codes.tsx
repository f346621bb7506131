import { Download } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { downloadText } from "../../lib/download.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { toast } from "../../ui/toast.tsx"
import { askedFor, type CodeFilter } from "./filter.ts"

/** Saves the codes of a filter to a file, all of them. */
export function SaveCodes({ filter }: { filter: CodeFilter }) {
  const { t } = useTranslation("codes")
  const sentence = useErrorSentence()
  const save = trpc.code.export.useMutation({
    onSuccess: (text, { format }) =>
      downloadText(
        text,
        `${filter.kind}-codes.${format}`,
        `text/${format === "csv" ? "csv" : "plain"}`,
      ),
    onError: (error) => toast.error(sentence(error)),
  })
  const busy = (format: string) => save.isPending && save.variables.format === format

  return (["txt", "csv"] as const).map((format) => (
    <Button
      key={format}
      size="sm"
      icon={<Download className="size-4" />}
      busy={busy(format)}
      onClick={() => save.mutate({ ...askedFor(filter), format })}
    >
      {t(format === "csv" ? "saveCsv" : "saveTxt")}
    </Button>
  ))
}
