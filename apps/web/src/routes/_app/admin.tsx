import { createFileRoute, Outlet, useLocation } from "@tanstack/react-router"
import { ImportHint } from "../../features/admin-import/import-hint.tsx"
import { AdminNav } from "../../features/shell/admin-nav.tsx"
import { PageHeader } from "../../features/shell/page-header.tsx"
import { ForbiddenPage } from "../../features/shell/pages.tsx"
import { Shell } from "../../features/shell/shell.tsx"
import { SidebarHeader } from "../../features/shell/sidebar-header.tsx"
import { UserMenu } from "../../features/shell/user-menu.tsx"

/** The frame of the admin pages. The server judges again what an admin may do. */
export const Route = createFileRoute("/_app/admin")({ component: AdminFrame })

function AdminFrame() {
  const { user, session } = Route.useRouteContext()
  const { pathname } = useLocation()
  if (!user.isAdmin) return <ForbiddenPage />
  return (
    <Shell
      sidebar={
        <>
          <SidebarHeader title={session.site.title} />
          <AdminNav />
          <UserMenu user={user} />
        </>
      }
    >
      <PageHeader />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto w-full max-w-5xl px-4 pb-16 sm:px-8">
          {pathname !== "/admin/import" && <ImportHint />}
          <Outlet />
        </div>
      </div>
    </Shell>
  )
}
