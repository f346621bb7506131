import { MessageCircleOff } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { failureOf } from "../../lib/error.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"

/** A conversation that is not there: not yet, not any more, or not now. */
export function ConversationState(props: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()

  if (!props.error) return <LoadingThread />
  if (failureOf(props.error).code === "conversation.not-found")
    return (
      <div className="grow">
        <EmptyState icon={<MessageCircleOff className="size-5" />} title={t("chat.notFound")}>
          {t("chat.notFoundText")}
        </EmptyState>
      </div>
    )
  return (
    <div className="grow">
      <ErrorState title={t("chat.failed")} retryLabel={t("common.retry")} onRetry={props.onRetry}>
        {sentence(props.error)}
      </ErrorState>
    </div>
  )
}

const LoadingThread = () => (
  <div className="min-h-0 grow overflow-hidden">
    <div className="mx-auto grid w-full max-w-[45rem] gap-3 px-4 pt-6 sm:px-6">
      <Skeleton className="mb-5 h-11 w-1/2 justify-self-end rounded-lg" />
      <Skeleton className="h-4 w-11/12" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-10/12" />
      <Skeleton className="h-4 w-7/12" />
    </div>
  </div>
)
