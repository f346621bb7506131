import type { ChannelView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"

/** Chooses a channel for what is done to many. */
export function ChooseChannel(props: {
  channel: ChannelView
  chosen: ReadonlySet<string>
  onChoose: (ids: readonly string[], on: boolean) => void
}) {
  const { id, name } = props.channel
  const { t } = useTranslation("channels")
  return (
    <input
      type="checkbox"
      className="block size-4 accent-(--color-accent)"
      aria-label={t("choose", { name })}
      checked={props.chosen.has(id)}
      onChange={(event) => props.onChoose([id], event.target.checked)}
    />
  )
}
