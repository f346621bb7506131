import type { Failure } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { FailureNotice } from "./failure-notice.tsx"

/** Why a message was not taken. It is still in the box. */
export function RefusedNotice(props: { failure: Failure; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="mb-2 animate-rise">
      <FailureNotice
        failure={props.failure}
        charged={false}
        retry={
          <Button size="sm" variant="ghost" onClick={props.onClose}>
            {t("common.close")}
          </Button>
        }
      />
    </div>
  )
}
