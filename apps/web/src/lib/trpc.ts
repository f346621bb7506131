import type { AppRouter } from "@nio/server/router"
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query"
import { createTRPCQueryUtils, createTRPCReact, httpBatchLink } from "@trpc/react-query"
import { failureOf } from "./error.ts"

export const trpc = createTRPCReact<AppRouter>()
export const trpcClient = trpc.createClient({ links: [httpBatchLink({ url: "/trpc" })] })

const retriesMax = 2

/** Only what may pass by itself is tried again: the network and a server that is restarting. */
function worthRetrying(failures: number, error: unknown) {
  const { code } = failureOf(error)
  return (
    failures < retriesMax && navigator.onLine && (code === "network" || code === "server.stopping")
  )
}

/** The session ended elsewhere: forget it, and the guards lead to the sign-in page. */
function noticeSignOut(error: unknown) {
  const { code } = failureOf(error)
  if (
    code === "auth.required" ||
    code === "auth.password-expired" ||
    code === "auth.factor-missing"
  )
    void api.session.current.invalidate()
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    // Without a network a query must fail and say so, not wait in silence.
    queries: { retry: worthRetrying, staleTime: 30_000, networkMode: "always" },
    mutations: { networkMode: "always" },
  },
})

/** The same procedures outside of components: for guards, loaders and the chat client. */
export const api = createTRPCQueryUtils({ queryClient, client: trpcClient })
