import { Check, Copy } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useCopy } from "../../lib/use-copy.ts"
import { IconButton } from "../../ui/icon-button.tsx"

export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation()
  const { copied, copy } = useCopy()
  return (
    <IconButton
      size="sm"
      label={t(copied ? "common.copied" : "chat.copy")}
      onClick={() => void copy(text)}
    >
      {copied ? <Check className="size-3.5 text-success" /> : <Copy className="size-3.5" />}
    </IconButton>
  )
}
