import type { ChannelView } from "@nio/server/contract"
import { CirclePlay } from "lucide-react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"

export function TestButton(props: {
  channel: ChannelView
  disabled: boolean
  onTest: (channel: ChannelView) => void
}) {
  const { t } = useTranslation("admin")
  return (
    <Button
      size="sm"
      icon={<CirclePlay className="size-4 text-muted" />}
      disabled={props.disabled}
      aria-label={t("channels.test.title", { name: props.channel.name })}
      onClick={() => props.onTest(props.channel)}
    >
      {t("channels.test")}
    </Button>
  )
}
