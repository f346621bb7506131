import { createFileRoute } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { ChannelList } from "../../../features/admin-channels/channel-list.tsx"
import { NewChannel } from "../../../features/admin-channels/new-channel.tsx"
import { TransferMenu } from "../../../features/admin-channels/transfer-menu.tsx"
import { UnpricedHint } from "../../../features/admin-channels/unpriced-hint.tsx"
import { AdminTitle } from "../../../features/shell/admin-title.tsx"

export const Route = createFileRoute("/_app/admin/channels/")({ component: ChannelsPage })

function ChannelsPage() {
  const { t } = useTranslation("admin")
  return (
    <>
      <AdminTitle
        title={t("channels.title")}
        text={t("channels.text")}
        action={
          <span className="flex items-center gap-1">
            <NewChannel />
            <TransferMenu />
          </span>
        }
      />
      <UnpricedHint />
      <ChannelList />
    </>
  )
}
