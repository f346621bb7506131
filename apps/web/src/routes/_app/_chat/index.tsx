import { createFileRoute } from "@tanstack/react-router"
import { PageHeader } from "../../../features/shell/page-header.tsx"

export const Route = createFileRoute("/_app/_chat/")({ component: NewChatPage })

function NewChatPage() {
  return <PageHeader />
}
