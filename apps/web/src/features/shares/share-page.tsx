import type { ShareView } from "@nio/server/contract"
import { Link } from "@tanstack/react-router"
import { Share2 } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { failureOf } from "../../lib/error.ts"
import { formatDate } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { buttonClass } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Mark } from "../../ui/mark.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { SharedMessages } from "./shared-messages.tsx"

/** What somebody has shown to the world, for whoever has the address. */
export function SharePage({ id, site }: { id: string; site: string }) {
  const share = trpc.share.view.useQuery({ id }, { refetchOnWindowFocus: false })
  return (
    <div className="h-full overflow-y-auto">
      <header className="mx-auto flex h-13 w-full max-w-[45rem] items-center justify-between gap-3 px-4 sm:px-6">
        <Link to="/" className="flex min-w-0 items-center gap-2 font-medium text-sm">
          <Mark className="size-5 shrink-0 text-accent" />
          <span className="truncate">{site}</span>
        </Link>
        <HomeLink />
      </header>
      <main className="mx-auto w-full max-w-[45rem] px-4 pb-16 sm:px-6">
        {share.data ? (
          <Shared share={share.data} />
        ) : (
          <Absent error={share.error} onRetry={() => void share.refetch()} />
        )}
      </main>
    </div>
  )
}

function HomeLink() {
  const { t } = useTranslation("share")
  return (
    <Link to="/" className={buttonClass("secondary", "sm")}>
      {t("open")}
    </Link>
  )
}

function Shared({ share }: { share: ShareView }) {
  const { t } = useTranslation("share")
  const { title, userName: name, model, createdAt } = share
  return (
    <>
      <h1 className="pt-6 font-semibold text-xl [overflow-wrap:anywhere]">{title}</h1>
      <p className="mt-1.5 border-line border-b pb-4 text-muted text-sm">
        {t("by", { name, model, date: formatDate(createdAt) })}
      </p>
      <SharedMessages messages={share.messages} />
    </>
  )
}

/** Not there: not yet, not any more, or not now. */
function Absent({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation(["share", "app"])
  const sentence = useErrorSentence()
  if (!error) return <Loading />
  const { code } = failureOf(error)
  if (code === "share.not-found" || code === "input.invalid")
    return (
      <EmptyState icon={<Share2 className="size-5" />} title={t("gone")}>
        {t("goneText")}
      </EmptyState>
    )
  return (
    <ErrorState title={t("failed")} retryLabel={t("common.retry", { ns: "app" })} onRetry={onRetry}>
      {sentence(error)}
    </ErrorState>
  )
}

const Loading = () => (
  <div className="grid gap-3 pt-6">
    <Skeleton className="mb-5 h-7 w-2/3" />
    <Skeleton className="mb-5 h-11 w-1/2 justify-self-end rounded-lg" />
    <Skeleton className="h-4 w-11/12" />
    <Skeleton className="h-4 w-full" />
    <Skeleton className="h-4 w-7/12" />
  </div>
)
