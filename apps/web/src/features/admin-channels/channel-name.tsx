import type { ChannelHealth, ChannelView, ProviderView } from "@nio/server/contract"
import { Link } from "@tanstack/react-router"
import type { TFunction } from "i18next"
import { useTranslation } from "react-i18next"
import { isGroup } from "./groups.ts"
import { RestHint } from "./rest-hint.tsx"

/** More are counted, not shown. */
const hintsMax = 3
const namedGroupsMax = 2

/** Its name leads to the form; below, whom it speaks to and by which keys, or why it cannot. */
export function ChannelName(props: {
  channel: ChannelView
  providers: readonly ProviderView[] | undefined
  fault: string | undefined
  health: ChannelHealth | undefined
}) {
  const { t } = useTranslation("admin")
  const { channel, fault } = props
  const provider = props.providers?.find(({ id }) => id === channel.provider)
  const hints = channel.secretHints.slice(0, hintsMax)
  const more = channel.secretHints.length - hints.length
  return (
    <div className="min-w-0">
      <Link
        to="/admin/channels/$id"
        params={{ id: channel.id }}
        className={`block truncate font-medium text-sm hover:underline ${channel.enabled ? "" : "text-muted"}`}
      >
        {channel.name}
      </Link>
      {!channel.broken && (
        <p className="truncate text-muted text-xs">
          {provider?.name ?? channel.provider}
          {hints.length > 0 && " · "}
          <span className="font-mono">{hints.join(" ")}</span>
          {more > 0 && ` +${more}`}
        </p>
      )}
      {props.health && <RestHint health={props.health} />}
      {fault && (
        <p className="mt-0.5 text-danger text-xs [overflow-wrap:anywhere]">
          {t("channels.broken", { reason: fault })}
        </p>
      )}
    </div>
  )
}

/** None means everyone. */
export function groupsInWords(t: TFunction<"admin">, groups: readonly string[]): string {
  if (groups.length === 0) return t("channels.groups.all")
  if (groups.length > namedGroupsMax) return t("channels.figure.groups", { count: groups.length })
  return groups.map((group) => (isGroup(group) ? t(`channels.group.${group}`) : group)).join(", ")
}
