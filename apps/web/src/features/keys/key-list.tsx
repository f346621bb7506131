import type { ApiKeyView, KeyGroup } from "@nio/server/contract"
import { Link } from "@tanstack/react-router"
import { KeyRound, MoreHorizontal, Pencil, RotateCcw, Trash2 } from "lucide-react"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDate } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Badge } from "../../ui/badge.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { limitsInWords } from "./limits-in-words.ts"
import { Spent } from "./spent.tsx"
import { useKeyActions } from "./use-key-actions.tsx"

/** More are on the key's own page. */
const badgesMax = 4

/** A person's keys: where each stands, and what can be done with it. */
export function KeyList(props: { groups: readonly KeyGroup[]; create: ReactNode }) {
  const { t } = useTranslation("keys")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const keys = trpc.apiKey.list.useQuery()

  if (keys.isPending) return <Skeleton className="h-16 w-full" />
  if (keys.error)
    return (
      <ErrorState
        title={sentence(keys.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void keys.refetch()}
      />
    )
  if (keys.data.length === 0)
    return (
      <EmptyState
        icon={<KeyRound className="size-5" />}
        title={t("empty.title")}
        action={props.create}
      >
        {t("empty.text")}
      </EmptyState>
    )
  return (
    <ul className="divide-y divide-line border-line border-y">
      {keys.data.map((key) => (
        <KeyRow key={key.id} apiKey={key} groups={props.groups} />
      ))}
    </ul>
  )
}

function KeyRow({ apiKey, groups }: { apiKey: ApiKeyView; groups: readonly KeyGroup[] }) {
  const { t } = useTranslation("keys")
  const { begin, dialogs } = useKeyActions(apiKey, groups)
  const limits = limitsInWords(t, apiKey)

  return (
    <li className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-2 py-3 sm:grid-cols-[1fr_11rem_auto]">
      <div className="min-w-0">
        <Link
          to="/keys/$id"
          params={{ id: apiKey.id }}
          className="block truncate font-medium text-sm hover:underline"
        >
          {apiKey.name}
        </Link>
        <p className="truncate text-muted text-xs">
          <span className="font-mono">…{apiKey.hint}</span>
          {" · "}
          {apiKey.lastUsedAt === null
            ? t("used.never")
            : t("used", { date: formatDate(apiKey.lastUsedAt) })}
        </p>
        {limits.length > 0 && (
          <p className="mt-1.5 flex flex-wrap gap-1.5">
            {limits.slice(0, badgesMax).map((limit) => (
              <Badge key={limit}>
                <span className="max-w-56 truncate">{limit}</span>
              </Badge>
            ))}
            {limits.length > badgesMax && <Badge>+{limits.length - badgesMax}</Badge>}
          </p>
        )}
      </div>
      <div className="max-sm:order-3 max-sm:col-span-2">
        <Spent spent={apiKey.spent} cap={apiKey.spendCap} />
      </div>
      <Menu
        trigger={
          <IconButton label={t("more", { name: apiKey.name })}>
            <MoreHorizontal className="size-4" />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil className="size-4" />} onSelect={() => begin("edit")}>
          {t("edit")}
        </MenuItem>
        <MenuItem icon={<RotateCcw className="size-4" />} onSelect={() => begin("reset")}>
          {t("reset")}
        </MenuItem>
        <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={() => begin("revoke")}>
          {t("revoke")}
        </MenuItem>
      </Menu>
      {dialogs}
    </li>
  )
}
