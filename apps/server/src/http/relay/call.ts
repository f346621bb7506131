import { type Actor, requireActive } from "../../core/actor.ts"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { actorFromKey } from "../../core/identity/actor-of.ts"
import { callerAddress } from "./caller-address.ts"
import { openHeaders } from "./cors.ts"
import type { Refusing } from "./dialect.ts"
import { hopsOf, refuseLoop } from "./hops.ts"
import { type Journey, newJourney } from "./journey.ts"
import { keyOf } from "./key-of.ts"
import { rateHeaders } from "./rate-headers.ts"

/** What a route is given; the server lets a request outlive its idle time-out, and knows its peer. */
export type Incoming = {
  request: Request
  server: {
    timeout(request: Request, seconds: number): void
    requestIP(request: Request): { address: string } | null
  } | null
}

/** One request of a program, from its arrival to the first byte of its answer. */
export type Call = Incoming & {
  /** Names the request everywhere: in the logs, the ledger, and to the caller as `x-request-id`. */
  id: string
  /** By `performance.now()`. */
  arrivedAt: number
  /** Undefined until the key has been looked at. */
  actor: Actor | undefined
  journey: Journey
}

/** Runs a handler; whatever it throws becomes an error in the caller's own dialect. */
export async function answered(
  deps: Deps,
  dialect: Refusing,
  { request, server }: Incoming,
  handle: (call: Call) => Promise<Response> | never,
): Promise<Response> {
  const call: Call = {
    request,
    server,
    id: deps.newId(),
    arrivedAt: performance.now(),
    actor: undefined,
    journey: newJourney(hopsOf(request)),
  }
  noteClientId(deps, call)
  try {
    refuseLoop(call.journey.hops)
    return await handle(call)
  } catch (cause) {
    const error = request.signal.aborted ? new AppError("request.abandoned") : AppError.from(cause)
    deps.log[error.code === "internal" ? "error" : "info"]("refused", {
      requestId: call.id,
      code: error.code,
      cause: error.cause,
    })
    const { status, body } = dialect.refusal(error, call.id)
    return Response.json(body, { status, headers: { ...retryHeader(error), ...headersOf(call) } })
  }
}

/**
 * @throws AppError `auth.key-missing`, `auth.key-invalid`, `auth.password-expired`, `key.expired`,
 *   `key.address`
 */
export async function actorOf(deps: Deps, call: Call): Promise<Actor> {
  const { request, server } = call
  const address = () => callerAddress(deps, request, server)
  call.actor = requireActive(await actorFromKey(deps, keyOf(request), address))
  return call.actor
}

/** What every answer says of itself, errors included. */
export function headersOf({ id, arrivedAt, actor, journey }: Call): Record<string, string> {
  const overheadMs = Math.max(0, performance.now() - arrivedAt - journey.waitedMs)
  const headers: Record<string, string> = {
    ...openHeaders,
    "x-request-id": id,
    // Anthropic's clients look for it here.
    "request-id": id,
    "x-overhead-ms": overheadMs.toFixed(1),
    ...rateHeaders(journey.rates),
  }
  if (journey.attempts > 0) headers["x-attempts"] = String(journey.attempts)
  if (actor?.isAdmin && journey.channelId) headers["x-channel"] = journey.channelId
  return headers
}

const retryHeader = ({ params }: AppError): Record<string, string> =>
  typeof params.seconds === "number" ? { "retry-after": String(params.seconds) } : {}

const clientIdLengthMax = 200

/** The caller's own name for the request, to find it by in the logs. */
function noteClientId({ log }: Deps, { id, request }: Call) {
  const clientRequestId = request.headers.get("x-client-request-id")?.slice(0, clientIdLengthMax)
  if (clientRequestId) log.info("named by its caller", { requestId: id, clientRequestId })
}
