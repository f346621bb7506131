import { createFileRoute } from "@tanstack/react-router"
import { EditChannel } from "../../../features/admin-channels/edit-channel.tsx"

export const Route = createFileRoute("/_app/admin/channels/$id")({ component: ChannelPage })

function ChannelPage() {
  const { id } = Route.useParams()
  return <EditChannel key={id} id={id} />
}
