import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Segmented } from "../../ui/segmented.tsx"
import { AddPasskey } from "./add-passkey.tsx"
import { supportsPasskeys } from "./passkey-calls.ts"
import { RecoveryCodes } from "./recovery-codes.tsx"
import { SetUpApp } from "./set-up-app.tsx"

/** Sets up the second factor a site wants: one of the two, and then its recovery codes. */
export function RequiredFactor({ site, onDone }: { site: string; onDone: () => void }) {
  const { t } = useTranslation("factors")
  const [kind, setKind] = useState<"app" | "passkey">("app")
  const [codes, setCodes] = useState<readonly string[]>()
  const made = (recoveryCodes: string[]) =>
    recoveryCodes.length > 0 ? setCodes(recoveryCodes) : onDone()

  if (codes)
    return (
      <div className="grid gap-4">
        <div>
          <h2 className="font-semibold text-sm">{t("codes.title")}</h2>
          <p className="mt-0.5 text-muted text-sm">{t("codes.text")}</p>
        </div>
        <RecoveryCodes site={site} codes={codes} onKept={onDone} />
      </div>
    )
  return (
    <div className="grid gap-5">
      {supportsPasskeys && (
        <Segmented
          label={t("required.title")}
          value={kind}
          onChange={setKind}
          options={[
            { value: "app", label: t("required.app") },
            { value: "passkey", label: t("required.passkey") },
          ]}
        />
      )}
      {kind === "app" ? <SetUpApp onDone={made} /> : <AddPasskey onDone={made} />}
    </div>
  )
}
