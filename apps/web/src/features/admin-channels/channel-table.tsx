import type { ChannelHealth, ChannelView, ProviderView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatCount } from "../../lib/format.ts"
import { Table, Td, Th } from "../../ui/table.tsx"
import { ChannelMenu } from "./channel-menu.tsx"
import { ChannelName, groupsInWords } from "./channel-name.tsx"
import { ChannelSwitch } from "./channel-switch.tsx"
import { ChooseChannel } from "./choose-channel.tsx"
import { TestButton } from "./test-button.tsx"
import { useFault } from "./use-fault.ts"

export type ChannelListProps = {
  channels: readonly ChannelView[]
  /** Undefined until they are known. */
  providers: readonly ProviderView[] | undefined
  health: ReadonlyMap<string, ChannelHealth>
  chosen: ReadonlySet<string>
  onChoose: (ids: readonly string[], on: boolean) => void
  onTest: (channel: ChannelView) => void
}

export function ChannelTable({ channels, ...rest }: ChannelListProps) {
  const { t } = useTranslation("admin")
  const { t: more } = useTranslation("channels")
  const ids = channels.map(({ id }) => id)
  return (
    <Table>
      <thead>
        <tr>
          <Th className="w-0">
            <input
              type="checkbox"
              className="block size-4 accent-(--color-accent)"
              aria-label={more("choose.all")}
              checked={ids.every((id) => rest.chosen.has(id))}
              onChange={(event) => rest.onChoose(ids, event.target.checked)}
            />
          </Th>
          <Th>
            <span className="sr-only">{t("channels.enabled")}</span>
          </Th>
          <Th>{t("channels.name")}</Th>
          <Th className="text-right">{t("channels.figure.models")}</Th>
          <Th className="text-right">{t("channels.figure.priority")}</Th>
          <Th className="text-right">{t("channels.figure.weight")}</Th>
          <Th className="hidden lg:table-cell">{t("channels.figure.access")}</Th>
          <Th>
            <span className="sr-only">{t("channels.actions")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {channels.map((channel) => (
          <Row key={channel.id} channel={channel} {...rest} />
        ))}
      </tbody>
    </Table>
  )
}

type RowProps = Omit<ChannelListProps, "channels"> & { channel: ChannelView }

function Row({ channel, providers, health, chosen, onChoose, onTest }: RowProps) {
  const { t } = useTranslation("admin")
  const fault = useFault(channel, providers)
  return (
    <tr>
      <Td className="w-0">
        <ChooseChannel channel={channel} chosen={chosen} onChoose={onChoose} />
      </Td>
      <Td className="w-0">
        <span className="flex">
          <ChannelSwitch channel={channel} />
        </span>
      </Td>
      <Td className="w-full max-w-0">
        <ChannelName
          channel={channel}
          providers={providers}
          fault={fault}
          health={health.get(channel.id)}
        />
      </Td>
      <Td className="text-right">{formatCount(channel.models.length)}</Td>
      <Td className="text-right">{formatCount(channel.priority)}</Td>
      <Td className="text-right">{formatCount(channel.weight)}</Td>
      <Td className="hidden whitespace-nowrap text-muted lg:table-cell">
        {groupsInWords(t, channel.groups)}
      </Td>
      <Td className="w-0 whitespace-nowrap text-right">
        <span className="inline-flex items-center gap-1">
          <TestButton channel={channel} disabled={fault !== undefined} onTest={onTest} />
          <ChannelMenu channel={channel} />
        </span>
      </Td>
    </tr>
  )
}
