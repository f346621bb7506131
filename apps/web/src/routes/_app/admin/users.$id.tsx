import { createFileRoute } from "@tanstack/react-router"
import { UserPage } from "../../../features/admin-users/user-page.tsx"
import { UserPlan } from "../../../features/plan/user-plan.tsx"
import { SiteStatement } from "../../../features/statement/site-statement.tsx"

export const Route = createFileRoute("/_app/admin/users/$id")({ component: Page })

function Page() {
  const { id } = Route.useParams()
  return (
    <UserPage
      key={id}
      id={id}
      plan={<UserPlan userId={id} />}
      statement={<SiteStatement userId={id} />}
    />
  )
}
