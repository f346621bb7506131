import { createFileRoute, redirect } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { VisitorPage } from "../features/chat/visitor/visitor-page.tsx"
import { VisitorSidebar } from "../features/chat/visitor/visitor-sidebar.tsx"
import { visitorConversations } from "../features/chat/visitor/visitor-store.ts"
import { PageHeader } from "../features/shell/page-header.tsx"
import { Shell } from "../features/shell/shell.tsx"
import { SidebarHeader } from "../features/shell/sidebar-header.tsx"
import { useShortcuts } from "../lib/shortcuts.ts"
import { toggleSidebar } from "../lib/sidebar.ts"
import { nextTheme } from "../lib/theme.ts"

/** The chat for those without an account, with the models that are open to them. */
export const Route = createFileRoute("/visit")({
  validateSearch: ({ c }: Record<string, unknown>): { c?: string } =>
    typeof c === "string" ? { c } : {},
  beforeLoad({ context }) {
    const { user, site } = context.session
    if (user) throw redirect({ to: "/" })
    if (!site.visitors) throw redirect({ to: "/sign-in" })
  },
  component: Visit,
})

function Visit() {
  useTranslation("visitor")
  const { session } = Route.useRouteContext()
  const { c: id = null } = Route.useSearch()
  const conversations = visitorConversations.use()
  const navigate = Route.useNavigate()
  useShortcuts({
    "mod+shift+o": () => void navigate({ search: {} }),
    "mod+b": toggleSidebar,
    "mod+shift+l": nextTheme,
  })
  return (
    <Shell
      sidebar={
        <>
          <SidebarHeader title={session.site.title} />
          <VisitorSidebar />
        </>
      }
    >
      <PageHeader title={conversations?.find((one) => one.id === id)?.title} />
      <VisitorPage
        id={id}
        session={session}
        onOpen={(c) => void navigate({ search: { c }, replace: true })}
      />
    </Shell>
  )
}
