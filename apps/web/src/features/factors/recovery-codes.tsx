import { Check, Copy, Download } from "lucide-react"
import { useTranslation } from "react-i18next"
import { downloadText } from "../../lib/download.ts"
import { useCopy } from "../../lib/use-copy.ts"
import { Button } from "../../ui/button.tsx"

/** Recovery codes the only time they are shown. */
export function RecoveryCodes(props: {
  site: string
  codes: readonly string[]
  onKept: () => void
}) {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const { copied, copy } = useCopy()
  const text = props.codes.join("\n")
  const save = () =>
    downloadText(`${t("codes.file", { site: props.site })}\n\n${text}\n`, "recovery-codes.txt")
  return (
    <div className="grid gap-4">
      <ol className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md bg-panel px-4 py-3.5 font-mono text-sm tabular-nums">
        {props.codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ol>
      <div className="grid grid-cols-2 gap-2">
        <Button
          icon={copied ? <Check className="size-4" /> : <Copy className="size-4" />}
          onClick={() => void copy(text)}
        >
          {words(copied ? "common.copied" : "common.copy")}
        </Button>
        <Button icon={<Download className="size-4" />} onClick={save}>
          {t("codes.download")}
        </Button>
      </div>
      <Button variant="primary" onClick={props.onKept}>
        {t("codes.kept")}
      </Button>
    </div>
  )
}
