import type { ApiKeyView, SessionView } from "@nio/server/contract"
import { Link, useNavigate } from "@tanstack/react-router"
import { ArrowLeft, Pencil, RotateCcw, Trash2 } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDate, formatDateTime } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { groupsWithin } from "./groups-within.ts"
import { KeyUsage } from "./key-usage.tsx"
import { limitsInWords } from "./limits-in-words.ts"
import { Spent } from "./spent.tsx"
import { useKeyActions } from "./use-key-actions.tsx"

type User = NonNullable<SessionView["user"]>

export function KeyPage({ id, user }: { id: string; user: User }) {
  const { t } = useTranslation("keys")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const keys = trpc.apiKey.list.useQuery()
  const key = keys.data?.find((one) => one.id === id)

  return (
    <>
      <Link
        to="/keys"
        className="mb-2 inline-flex items-center gap-1.5 text-muted text-sm hover:text-ink"
      >
        <ArrowLeft className="size-4" />
        {t("title")}
      </Link>
      {key && <Key apiKey={key} user={user} />}
      {keys.isPending && <Skeleton className="h-40 w-full" />}
      {keys.error && (
        <ErrorState
          title={sentence(keys.error)}
          retryLabel={words("common.retry")}
          onRetry={() => void keys.refetch()}
        />
      )}
      {keys.data && !key && <ErrorState title={words("error.key.not-found")} />}
    </>
  )
}

function Key({ apiKey, user }: { apiKey: ApiKeyView; user: User }) {
  const { t } = useTranslation("keys")
  const navigate = useNavigate()
  const { begin, dialogs } = useKeyActions(
    apiKey,
    groupsWithin(user),
    () => void navigate({ to: "/keys" }),
  )
  const limits = limitsInWords(t, apiKey)
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="min-w-0 grow truncate font-semibold text-lg">{apiKey.name}</h1>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" icon={<Pencil className="size-4" />} onClick={() => begin("edit")}>
            {t("edit")}
          </Button>
          <Button size="sm" icon={<RotateCcw className="size-4" />} onClick={() => begin("reset")}>
            {t("reset")}
          </Button>
          <Button
            size="sm"
            className="text-danger!"
            icon={<Trash2 className="size-4" />}
            onClick={() => begin("revoke")}
          >
            {t("revoke")}
          </Button>
        </div>
      </div>
      <dl className="grid gap-x-8 gap-y-4 rounded-lg bg-panel px-5 py-4 text-sm sm:grid-cols-3">
        <Fact label={t("fact.key")}>
          <span className="font-mono">…{apiKey.hint}</span>
        </Fact>
        <Fact label={t("fact.created")}>{formatDate(apiKey.createdAt)}</Fact>
        <Fact label={t("fact.used")}>
          {apiKey.lastUsedAt === null ? t("used.never") : formatDateTime(apiKey.lastUsedAt)}
        </Fact>
        <Fact label={t("fact.spent")} wide>
          <Spent spent={apiKey.spent} cap={apiKey.spendCap} />
        </Fact>
        <Fact label={t("limits")} wide>
          {limits.length === 0 ? (
            <span className="text-muted">{t("limits.no")}</span>
          ) : (
            <span className="flex flex-wrap gap-1.5">
              {limits.map((limit) => (
                <Badge key={limit}>
                  <span className="max-w-72 truncate">{limit}</span>
                </Badge>
              ))}
            </span>
          )}
        </Fact>
      </dl>
      <KeyUsage id={apiKey.id} />
      {dialogs}
    </>
  )
}

const Fact = (props: { label: string; wide?: boolean; children: ReactNode }) => (
  <div className={`min-w-0 ${props.wide ? "sm:col-span-3" : ""}`}>
    <dt className="mb-0.5 text-muted text-xs">{props.label}</dt>
    <dd>{props.children}</dd>
  </div>
)
