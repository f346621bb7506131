import { createFileRoute } from "@tanstack/react-router"
import { SharePage } from "../features/shares/share-page.tsx"
import { api } from "../lib/trpc.ts"

/** For everybody, signed in or not. */
export const Route = createFileRoute("/share/$hash")({
  // Begun, not awaited: the page shows its frame at once.
  loader: ({ params }) => void api.share.view.prefetch({ id: params.hash }),
  component: Share,
})

function Share() {
  const { session } = Route.useRouteContext()
  const { hash } = Route.useParams()
  return <SharePage id={hash} site={session.site.title} />
}
