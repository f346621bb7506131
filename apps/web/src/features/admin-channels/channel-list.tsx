import type { ChannelView, ProviderView } from "@nio/server/contract"
import { Link, useNavigate } from "@tanstack/react-router"
import { Cable, CirclePlay, MoreHorizontal, Pencil, Plus, Trash2 } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatCount } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Badge } from "../../ui/badge.tsx"
import { buttonClass } from "../../ui/button.tsx"
import { Confirm } from "../../ui/confirm.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { Switch } from "../../ui/switch.tsx"
import { toast } from "../../ui/toast.tsx"
import { TestChannel } from "./test-channel.tsx"

const skeletons = ["a", "b", "c"]

export function ChannelList() {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const channels = trpc.channel.list.useQuery()
  const providers = trpc.channel.providers.useQuery()

  if (channels.error)
    return (
      <ErrorState
        title={sentence(channels.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void channels.refetch()}
      />
    )
  if (channels.isPending)
    return (
      <div className="grid gap-2">
        {skeletons.map((key) => (
          <Skeleton key={key} className="h-16 w-full" />
        ))}
      </div>
    )
  if (channels.data.length === 0)
    return (
      <EmptyState
        icon={<Cable className="size-5" />}
        title={t("channels.empty.title")}
        action={<NewChannel />}
      >
        {t("channels.empty.text")}
      </EmptyState>
    )
  return (
    <ul className="divide-y divide-line border-line border-y">
      {channels.data.map((channel) => (
        <ChannelRow
          key={channel.id}
          channel={channel}
          provider={providers.data?.find(({ id }) => id === channel.provider)}
        />
      ))}
    </ul>
  )
}

export function NewChannel() {
  const { t } = useTranslation("admin")
  return (
    <Link to="/admin/channels/new" className={buttonClass("primary", "md")}>
      <Plus className="size-4" />
      {t("channels.new")}
    </Link>
  )
}

type RowProps = { channel: ChannelView; provider: ProviderView | undefined }

function ChannelRow({ channel, provider }: RowProps) {
  const { t } = useTranslation("admin")
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [testing, setTesting] = useState(false)
  const edit = trpc.channel.update.useMutation({
    onError: (error) => toast.error(sentence(error)),
    onSettled: () => utils.channel.list.invalidate(),
  })

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 sm:flex-nowrap">
      <Switch
        aria-label={t("channels.toggle", { name: channel.name })}
        checked={channel.enabled}
        disabled={edit.isPending}
        onCheckedChange={(enabled) => edit.mutate({ id: channel.id, edit: { enabled } })}
      />
      <div className="min-w-0 grow basis-40">
        <Link
          to="/admin/channels/$id"
          params={{ id: channel.id }}
          className={`block truncate font-medium text-sm hover:underline ${channel.enabled ? "" : "text-muted"}`}
        >
          {channel.name}
        </Link>
        <p className="truncate text-muted text-xs">
          {provider?.name ?? channel.provider}
          {" · "}
          <span className="font-mono">{channel.secretHints.slice(0, 3).join(" ")}</span>
        </p>
        {channel.broken && (
          <p className="mt-1 text-danger text-xs [overflow-wrap:anywhere]">
            {t("channels.broken", { reason: channel.broken })}
          </p>
        )}
      </div>
      <dl className="order-last flex w-full gap-5 pl-13 text-xs tabular-nums sm:order-none sm:w-auto sm:pl-0">
        <Figure label={t("channels.figure.models")} value={channel.models.length} />
        <Figure label={t("channels.figure.priority")} value={channel.priority} />
        <Figure label={t("channels.figure.weight")} value={channel.weight} />
      </dl>
      {channel.groups.length > 0 && (
        <Badge>{t("channels.figure.groups", { count: channel.groups.length })}</Badge>
      )}
      <RowMenu channel={channel} onTest={() => setTesting(true)} />
      {testing && <TestChannel channel={channel} onClose={() => setTesting(false)} />}
    </li>
  )
}

const Figure = ({ label, value }: { label: string; value: number }) => (
  <div className="sm:w-14 sm:text-right">
    <dt className="text-muted">{label}</dt>
    <dd className="font-medium">{formatCount(value)}</dd>
  </div>
)

function RowMenu({ channel, onTest }: { channel: ChannelView; onTest: () => void }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const remove = trpc.channel.delete.useMutation({
    onSuccess: () => toast.success(t("channels.deleted", { name: channel.name })),
    onError: (error) => toast.error(sentence(error)),
    onSettled: () => utils.channel.list.invalidate(),
  })

  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("channels.more", { name: channel.name })}>
            <MoreHorizontal className="size-4" />
          </IconButton>
        }
      >
        <MenuItem icon={<CirclePlay className="size-4" />} onSelect={onTest}>
          {t("channels.test")}
        </MenuItem>
        <MenuItem
          icon={<Pencil className="size-4" />}
          onSelect={() => void navigate({ to: "/admin/channels/$id", params: { id: channel.id } })}
        >
          {words("common.edit")}
        </MenuItem>
        <MenuItem danger icon={<Trash2 className="size-4" />} onSelect={() => setAsking(true)}>
          {words("common.delete")}
        </MenuItem>
      </Menu>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t("channels.delete.title", { name: channel.name })}
        description={t("channels.delete.text")}
        confirmLabel={words("common.delete")}
        cancelLabel={words("common.cancel")}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: channel.id })}
      />
    </>
  )
}
