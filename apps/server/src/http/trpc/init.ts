import { initTRPC, TRPCError } from "@trpc/server"
import { ZodError } from "zod"
import type { Actor } from "../../core/actor.ts"
import type { Deps } from "../../core/deps.ts"
import { AppError, type ErrorCode, type ErrorParams } from "../../core/error.ts"
import { inWords } from "../in-words.ts"

export type Context = {
  deps: Deps
  actor: Actor | undefined
  /** Of the browser, for rate limits and the list of sessions. */
  address: string
  userAgent: string
  /** Where the page is that asks, for passkeys, which belong to a site. */
  origin: string
  /** What this browser alone knows while it is away at an issuer of identities; made when it has nothing yet. */
  keepJourneyToken: () => string
  /** Signs the browser in, or out when there is no token. */
  setSession: (token: string | undefined) => void
  /** Lets the browser keep its cookie for another while. */
  renewSession: () => void
}

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => {
    const { code, params, message } = publicError(error)
    const app: { code: ErrorCode; params: ErrorParams } = { code, params }
    return { ...shape, message, data: { ...shape.data, app } }
  },
})

export const router = t.router

/** Open to anyone, signed in or not. Gives every failure its HTTP status. */
export const anyone = t.procedure.use(async ({ next }) => {
  const result = await next()
  if (result.ok || !(result.error.cause instanceof AppError)) return result
  const { cause } = result.error
  throw new TRPCError({ code: statusNames[cause.status] ?? "INTERNAL_SERVER_ERROR", cause })
})

/** Needs somebody signed in; what they may do is decided in the core. */
export const member = anyone.use(({ ctx, next }) => {
  if (!ctx.actor) throw new AppError("auth.required")
  return next({ ctx: { ...ctx, actor: ctx.actor } })
})

const statusNames: Record<number, TRPCError["code"]> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  402: "PAYMENT_REQUIRED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  429: "TOO_MANY_REQUESTS",
  502: "BAD_GATEWAY",
  503: "SERVICE_UNAVAILABLE",
  504: "GATEWAY_TIMEOUT",
}

/** Every failure as one of ours. What tRPC itself complains about is the caller's mistake. */
export function publicError(error: TRPCError): AppError {
  const { code, cause } = error
  if (cause instanceof AppError) return cause
  if (cause instanceof ZodError) return new AppError("input.invalid", { detail: inWords(cause) })
  if (code === "NOT_FOUND") return new AppError("route.not-found", { path: "this procedure" })
  if (code === "INTERNAL_SERVER_ERROR") return new AppError("internal", {}, cause ?? error)
  return new AppError("input.invalid", { detail: "the request could not be read" })
}
