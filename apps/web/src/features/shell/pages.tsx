import { Link } from "@tanstack/react-router"
import { Compass, Lock } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { failureOf } from "../../lib/error.ts"
import { buttonClass } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"

function HomeLink() {
  const { t } = useTranslation()
  return (
    <Link to="/" className={buttonClass("primary", "md")}>
      {t("notFound.home")}
    </Link>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<Compass className="size-5" />}
      title={t("notFound.title")}
      action={<HomeLink />}
    >
      {t("notFound.text")}
    </EmptyState>
  )
}

export function ForbiddenPage() {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<Lock className="size-5" />}
      title={t("forbidden.title")}
      action={<HomeLink />}
    >
      {t("forbidden.text")}
    </EmptyState>
  )
}

export function CrashPage({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const sentence = useErrorSentence()
  const unreachable = failureOf(error).code === "network"
  return (
    <main className="pt-[12dvh]">
      <ErrorState
        title={unreachable ? sentence(error) : t("crash.title")}
        retryLabel={t(unreachable ? "common.retry" : "crash.reload")}
        onRetry={() => location.reload()}
      >
        {!unreachable && t("crash.text")}
      </ErrorState>
    </main>
  )
}
