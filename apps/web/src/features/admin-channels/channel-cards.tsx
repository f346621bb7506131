import type { ChannelView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatCount } from "../../lib/format.ts"
import { ChannelMenu } from "./channel-menu.tsx"
import { ChannelName, groupsInWords } from "./channel-name.tsx"
import { ChannelSwitch } from "./channel-switch.tsx"
import type { ChannelListProps } from "./channel-table.tsx"
import { ChooseChannel } from "./choose-channel.tsx"
import { TestButton } from "./test-button.tsx"
import { useFault } from "./use-fault.ts"

/** The same as the table, where that does not fit. */
export function ChannelCards({ channels, ...rest }: ChannelListProps) {
  return (
    <ul className="divide-y divide-line border-line border-y">
      {channels.map((channel) => (
        <Card key={channel.id} channel={channel} {...rest} />
      ))}
    </ul>
  )
}

type CardProps = Omit<ChannelListProps, "channels"> & { channel: ChannelView }

function Card({ channel, providers, health, chosen, onChoose, onTest }: CardProps) {
  const { t } = useTranslation("admin")
  const fault = useFault(channel, providers)
  return (
    <li className="grid grid-cols-[auto_1fr_auto] items-center gap-x-4 gap-y-2.5 py-3.5">
      <ChannelSwitch channel={channel} />
      <ChannelName
        channel={channel}
        providers={providers}
        fault={fault}
        health={health.get(channel.id)}
      />
      <ChannelMenu channel={channel} />
      <dl className="col-span-2 col-start-2 flex flex-wrap gap-x-5 gap-y-2 text-xs tabular-nums">
        <Figure label={t("channels.figure.models")} value={formatCount(channel.models.length)} />
        <Figure label={t("channels.figure.priority")} value={formatCount(channel.priority)} />
        <Figure label={t("channels.figure.weight")} value={formatCount(channel.weight)} />
        <Figure label={t("channels.figure.access")} value={groupsInWords(t, channel.groups)} />
      </dl>
      <div className="col-span-2 col-start-2 flex items-center justify-between">
        <TestButton channel={channel} disabled={fault !== undefined} onTest={onTest} />
        <ChooseChannel channel={channel} chosen={chosen} onChoose={onChoose} />
      </div>
    </li>
  )
}

const Figure = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt className="text-muted">{label}</dt>
    <dd className="font-medium">{value}</dd>
  </div>
)
