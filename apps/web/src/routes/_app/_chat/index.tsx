import { createFileRoute } from "@tanstack/react-router"
import { ChatPage } from "../../../features/chat/chat-page.tsx"
import { PageHeader } from "../../../features/shell/page-header.tsx"

export const Route = createFileRoute("/_app/_chat/")({ component: NewChatPage })

function NewChatPage() {
  const { session } = Route.useRouteContext()
  return (
    <>
      <PageHeader />
      <ChatPage conversationId={null} session={session} />
    </>
  )
}
