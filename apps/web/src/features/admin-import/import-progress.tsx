import type { ImportStatus } from "@nio/server/contract"
import { CircleAlert, CircleCheck, SquareTerminal } from "lucide-react"
import { useTranslation } from "react-i18next"
import { formatCount } from "../../lib/format.ts"
import { Notice } from "../../ui/notice.tsx"

/** Where the import stands, in a sentence. */
export function ImportProgress({ status }: { status: ImportStatus }) {
  const { t } = useTranslation("takeover")
  const { state, failed } = status
  if (state === "running")
    return (
      <div className="grid gap-3">
        {failed && (
          <Notice tone="warning" icon={<CircleAlert className="size-4" />} role="status">
            {t("failed")}
          </Notice>
        )}
        <UnderWay status={status} />
      </div>
    )
  if (state === "elsewhere")
    return (
      <Notice tone="info" icon={<SquareTerminal className="size-4" />} title={t("elsewhere.title")}>
        {t("elsewhere.text")}
      </Notice>
    )
  if (state === "done")
    return (
      <Notice tone="success" icon={<CircleCheck className="size-4" />} title={t("done.title")}>
        {t("done.text")}
      </Notice>
    )
  if (state === "disagrees")
    return (
      <Notice tone="danger" icon={<CircleAlert className="size-4" />} title={t("disagrees.title")}>
        {t("disagrees.text")}
      </Notice>
    )
  return null
}

function UnderWay({ status }: { status: ImportStatus }) {
  const { t } = useTranslation("takeover")
  const { progress } = status
  const share = progress && progress.of > 0 ? progress.done / progress.of : 0
  return (
    <div>
      <p className="text-sm tabular-nums" role="status">
        {progress
          ? t("progress", {
              kind: t(`kind.${progress.kind}`),
              done: formatCount(progress.done),
              total: formatCount(progress.of),
            })
          : t("progress.begins")}
      </p>
      <div aria-hidden="true" className="mt-2 h-1 overflow-hidden rounded-full bg-active">
        <div
          className="h-full bg-accent transition-[width] duration-150"
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p className="mt-2 text-muted text-sm">{t("progress.text")}</p>
    </div>
  )
}
