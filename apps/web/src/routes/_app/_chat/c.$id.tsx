import { createFileRoute } from "@tanstack/react-router"
import { PageHeader } from "../../../features/shell/page-header.tsx"

export const Route = createFileRoute("/_app/_chat/c/$id")({ component: ConversationPage })

function ConversationPage() {
  return <PageHeader />
}
