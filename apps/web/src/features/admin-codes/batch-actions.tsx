import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import type { CodeFilter } from "./filter.ts"
import { RevokeCodes } from "./revoke-codes.tsx"
import { SaveCodes } from "./save-codes.tsx"

/** What can be done with all the codes that are shown. */
export function BatchActions({ filter }: { filter: CodeFilter }) {
  const { t } = useTranslation("codes")
  const [revoking, setRevoking] = useState(false)
  return (
    <div className="mb-2 flex flex-wrap gap-2">
      <SaveCodes filter={filter} />
      {filter.batch && (
        <Button size="sm" onClick={() => setRevoking(true)}>
          {t("revokeBatch")}
        </Button>
      )}
      {revoking && filter.batch && (
        <RevokeCodes which={{ batchId: filter.batch }} onClose={() => setRevoking(false)} />
      )}
    </div>
  )
}
