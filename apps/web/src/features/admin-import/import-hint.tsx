import { Link } from "@tanstack/react-router"
import { PackageOpen } from "lucide-react"
import { Suspense } from "react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { buttonClass } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"

/** Tells an administrator that there is something to take over, until it is. */
export function ImportHint() {
  const { data } = trpc.import.status.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY })
  if (data?.state !== "none" && data?.state !== "running") return null
  return (
    <Suspense fallback={null}>
      <Hint isUnderWay={data.state === "running"} />
    </Suspense>
  )
}

function Hint({ isUnderWay }: { isUnderWay: boolean }) {
  const { t } = useTranslation("takeover")
  return (
    <div className="mb-6">
      <Notice
        tone="info"
        icon={<PackageOpen className="size-4" />}
        title={t(isUnderWay ? "hint.running" : "hint.title")}
        actions={
          <Link to="/admin/import" className={buttonClass("secondary", "sm")}>
            {t("hint.look")}
          </Link>
        }
      >
        {!isUnderWay && t("hint.text")}
      </Notice>
    </div>
  )
}
