import type { Failure } from "@nio/server/contract"
import { TRPCClientError } from "@trpc/client"

/**
 * Any failure as a code and what fills its sentence. What did not come from our server at all is
 * `network`; what we did not foresee is `internal`.
 */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof TRPCClientError)) return { code: "internal", params: {} }
  const app = (error.data as { app?: Failure } | null | undefined)?.app
  if (app) return app
  return { code: error.data ? "internal" : "network", params: {} }
}
