import { useRouter } from "@tanstack/react-router"
import { whenSignedOut } from "../../lib/signed-out.ts"
import { queryClient, trpc } from "../../lib/trpc.ts"

/** Nothing of one person may be left for the next. */
export function useSignOut() {
  const router = useRouter()
  return trpc.session.signOut.useMutation({
    async onSuccess() {
      for (const forget of whenSignedOut) forget()
      queryClient.clear()
      await router.invalidate()
    },
  })
}
