import type { CodeState, CodeView } from "@nio/server/contract"
import { Ban, Check, Copy } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { formatDate, formatPoints, formatPointsExactly } from "../../lib/format.ts"
import { useCopy } from "../../lib/use-copy.ts"
import { Badge } from "../../ui/badge.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Td } from "../../ui/table.tsx"
import { RevokeCodes } from "./revoke-codes.tsx"

const tones = { unused: "success", used: "neutral", revoked: "danger", expired: "warning" } as const

export function CodeRow({ code }: { code: CodeView }) {
  const { t } = useTranslation("codes")
  const [revoking, setRevoking] = useState(false)
  const { copied, copy } = useCopy()
  return (
    <tr>
      <Td className="w-full max-w-0">
        <span className="block truncate font-mono text-xs" title={code.code}>
          {code.code}
        </span>
        <Below code={code} />
      </Td>
      <Td className="whitespace-nowrap text-right" title={formatPointsExactly(code.points)}>
        {formatPoints(code.points)}
      </Td>
      <Td className="hidden sm:table-cell">
        <State state={code.state} />
      </Td>
      <Td className="hidden max-w-40 truncate text-muted lg:table-cell">{code.batch || "–"}</Td>
      <Td className="hidden whitespace-nowrap text-muted lg:table-cell">
        {formatDate(code.createdAt)}
      </Td>
      <Td className="w-0 whitespace-nowrap text-right">
        <IconButton label={t("copy", { code: code.code })} onClick={() => void copy(code.code)}>
          {copied ? <Check className="size-4" /> : <Copy className="size-4" />}
        </IconButton>
        <IconButton
          label={`${t("revoke")} ${code.code}`}
          disabled={code.state !== "unused"}
          onClick={() => setRevoking(true)}
        >
          <Ban className="size-4" />
        </IconButton>
        {revoking && (
          <RevokeCodes which={{ ids: [code.id] }} code={code} onClose={() => setRevoking(false)} />
        )}
      </Td>
    </tr>
  )
}

const State = ({ state }: { state: CodeState }) => {
  const { t } = useTranslation("codes")
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
}

/** Who used it and when, or until when somebody may; on a phone also its state. */
function Below({ code }: { code: CodeView }) {
  const { t } = useTranslation("codes")
  const { usedBy, usedAt, expiresAt } = code
  return (
    <span className="mt-0.5 flex items-center gap-2 text-muted text-xs">
      <span className="sm:hidden">
        <State state={code.state} />
      </span>
      {usedBy && usedAt !== null && (
        <span className="truncate">
          {t("usedBy.at", { name: usedBy.name, date: formatDate(usedAt) })}
        </span>
      )}
      {code.state === "unused" && expiresAt !== null && (
        <span className="truncate">{t("expires", { date: formatDate(expiresAt) })}</span>
      )}
    </span>
  )
}
