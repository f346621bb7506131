import { createFileRoute } from "@tanstack/react-router"
import { KeysPage } from "../../../features/keys/keys-page.tsx"
import { ColumnPage } from "../../../features/shell/column-page.tsx"

export const Route = createFileRoute("/_app/_chat/keys/")({ component: KeysRoute })

function KeysRoute() {
  const { user } = Route.useRouteContext()
  return (
    <ColumnPage>
      <KeysPage user={user} />
    </ColumnPage>
  )
}
