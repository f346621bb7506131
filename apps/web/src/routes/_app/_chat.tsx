import { createFileRoute, Outlet, useNavigate } from "@tanstack/react-router"
import { ConversationList, focusSearch } from "../../features/conversations/conversation-list.tsx"
import { helpOpen } from "../../features/shell/help-open.ts"
import { Shell } from "../../features/shell/shell.tsx"
import { SidebarHeader } from "../../features/shell/sidebar-header.tsx"
import { UserMenu } from "../../features/shell/user-menu.tsx"
import { useShortcuts } from "../../lib/shortcuts.ts"
import { toggleSidebar } from "../../lib/sidebar.ts"
import { nextTheme } from "../../lib/theme.ts"

/** The chat and what belongs to it: the conversations beside, the page in the middle. */
export const Route = createFileRoute("/_app/_chat")({ component: ChatFrame })

function ChatFrame() {
  const { user, session } = Route.useRouteContext()
  const navigate = useNavigate()
  useShortcuts({
    "mod+shift+o": () => void navigate({ to: "/" }),
    "mod+k": focusSearch,
    "mod+b": toggleSidebar,
    "mod+shift+l": nextTheme,
    "?": () => helpOpen.set(true),
  })

  return (
    <Shell
      sidebar={
        <>
          <SidebarHeader title={session.site.title} />
          <ConversationList />
          <UserMenu user={user} />
        </>
      }
    >
      <Outlet />
    </Shell>
  )
}
