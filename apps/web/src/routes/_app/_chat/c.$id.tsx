import { createFileRoute, useNavigate } from "@tanstack/react-router"
import { SquarePen } from "lucide-react"
import { useTranslation } from "react-i18next"
import { ChatPage } from "../../../features/chat/chat-page.tsx"
import { PageHeader } from "../../../features/shell/page-header.tsx"
import { api, trpc } from "../../../lib/trpc.ts"
import { IconButton } from "../../../ui/icon-button.tsx"

export const Route = createFileRoute("/_app/_chat/c/$id")({
  // Begun, not awaited: the page shows its frame at once.
  loader: ({ params }) => void api.conversation.get.prefetch({ id: params.id }),
  component: ConversationPage,
})

function ConversationPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { session } = Route.useRouteContext()
  const { id } = Route.useParams()
  const title = trpc.conversation.get.useQuery(
    { id },
    { select: ({ conversation }) => conversation.title, refetchOnWindowFocus: false },
  ).data

  return (
    <>
      <PageHeader
        title={title}
        actions={
          <IconButton
            label={t("shell.newChat")}
            className="md:hidden"
            onClick={() => void navigate({ to: "/" })}
          >
            <SquarePen className="size-4.5" />
          </IconButton>
        }
      />
      <ChatPage key={id} conversationId={id} session={session} />
    </>
  )
}
