import type { ImportStatus } from "@nio/server/contract"
import { CircleAlert } from "lucide-react"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatPointsExactly } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Section } from "../../ui/section.tsx"
import { KindsTable } from "./kinds-table.tsx"

/** Where the original's official image runs. */
const zoneDefault = "Asia/Shanghai"
const zones = Intl.supportedValuesOf("timeZone")

/** Tries an import without writing anything, and then does it. */
export function StartImport({ status }: { status: ImportStatus }) {
  const { t } = useTranslation("takeover")
  const sentence = useErrorSentence()
  const { import: known } = trpc.useUtils()
  const onSuccess = () => known.status.invalidate()
  const preview = trpc.import.preview.useMutation({ onSuccess })
  const start = trpc.import.start.useMutation({ onSuccess })
  const [zone, setZone] = useState(zoneDefault)
  const [wrong, setWrong] = useState(false)
  if (status.state === "running" || status.state === "elsewhere") return null

  const isAgain = status.state !== "none"
  const error = preview.error ?? start.error
  function inZone(act: (input: { zone: string }) => void) {
    const isKnown = zones.includes(zone.trim()) || zone.trim() === "UTC"
    setWrong(!isKnown)
    if (isKnown) act({ zone: zone.trim() })
  }
  return (
    <Section
      title={t(isAgain ? "again.title" : "start.title")}
      text={t(isAgain ? "again.text" : "start.text")}
    >
      <div className="grid gap-5">
        <ZoneField zone={zone} onZone={setZone} wrong={wrong} />
        <div className="flex flex-wrap gap-2">
          <Button
            busy={preview.isPending || status.preview?.state === "running"}
            onClick={() => inZone(preview.mutate)}
          >
            {t("preview.do")}
          </Button>
          <Button
            variant="primary"
            busy={start.isPending}
            disabled={status.preview?.state !== "ready"}
            onClick={() => inZone(start.mutate)}
          >
            {t("start.do")}
          </Button>
        </div>
        {error && (
          <Notice tone="danger" role="alert">
            {sentence(error)}
          </Notice>
        )}
        <Preview preview={status.preview} />
      </div>
    </Section>
  )
}

type ZoneProps = { zone: string; onZone: (zone: string) => void; wrong: boolean }

function ZoneField({ zone, onZone, wrong }: ZoneProps) {
  const { t } = useTranslation("takeover")
  const list = useId()
  return (
    <Field
      label={t("zone")}
      hint={t("zone.hint")}
      error={wrong ? t("zone.wrong") : undefined}
      className="max-w-md"
    >
      {(control) => (
        <>
          <Input
            {...control}
            list={list}
            value={zone}
            autoComplete="off"
            onChange={(event) => onZone(event.target.value)}
          />
          <datalist id={list}>
            {zones.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}

function Preview({ preview }: { preview: ImportStatus["preview"] }) {
  const { t } = useTranslation("takeover")
  if (!preview) return null
  if (preview.state === "running")
    return (
      <p className="text-muted text-sm" role="status">
        {t("preview.running")}
      </p>
    )
  if (preview.state !== "ready")
    return (
      <Notice tone="danger" icon={<CircleAlert className="size-4" />} role="alert">
        {t("preview.failed")}
      </Notice>
    )
  return (
    <div className="grid gap-3">
      <p className="text-sm" role="status">
        {t(preview.agrees ? "preview.agrees" : "preview.disagrees")}
      </p>
      <KindsTable kinds={preview.kinds} />
      {preview.debts > 0 && (
        <p className="text-muted text-sm">
          {t("preview.debts", { points: formatPointsExactly(preview.debts) })}
        </p>
      )}
    </div>
  )
}
