import { createFileRoute } from "@tanstack/react-router"
import { KeyPage } from "../../../features/keys/key-page.tsx"
import { ColumnPage } from "../../../features/shell/column-page.tsx"

export const Route = createFileRoute("/_app/_chat/keys/$id")({ component: KeyRoute })

function KeyRoute() {
  const { id } = Route.useParams()
  const { user } = Route.useRouteContext()
  return (
    <ColumnPage>
      <KeyPage key={id} id={id} user={user} />
    </ColumnPage>
  )
}
