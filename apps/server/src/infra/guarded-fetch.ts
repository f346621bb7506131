import { lookup } from "node:dns/promises"
import { GuardError } from "./guard-error.ts"
import { isPublicAddress } from "./public-address.ts"
import { readLimited } from "./read-limited.ts"

export type GuardedRequest = {
  method?: "GET" | "POST"
  headers?: Record<string, string>
  body?: string
  /** For everything, redirects and body included. */
  timeoutMs: number
  /** Of the body, also after it was unpacked. */
  bytesMax: number
  /** False: a redirect is the answer. */
  redirects?: false
  signal?: AbortSignal
}
export type GuardedAnswer = {
  status: number
  headers: Headers
  /** Where the answer came from, after redirects. */
  url: string
  bytes: Uint8Array
}

export type Guard = {
  /** All addresses of a host. */
  resolve: (host: string) => Promise<string[]>
  /** Whether an address may be connected to. */
  allows: (address: string) => boolean
  /** Certificates trusted beside the system's. */
  ca?: string
}

const redirectsMax = 5

/**
 * Fetches an address that a user or an upstream named. The name is looked up once and the
 * connection goes to the address that was checked, so a second lookup cannot lead elsewhere. Each
 * redirect is checked like the first address; our headers go no further than the first origin.
 *
 * @throws GuardError, or the signal's reason when the caller gave up
 */
export async function guardedFetch(
  address: string,
  request: GuardedRequest,
  guard: Guard = publicOnly,
): Promise<GuardedAnswer> {
  const deadline = AbortSignal.timeout(request.timeoutMs)
  const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline
  try {
    return await follow(address, { ...request, signal }, guard)
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason
    if (deadline.aborted)
      throw new GuardError("time", `no answer within ${request.timeoutMs} ms`, error)
    if (error instanceof GuardError) throw error
    throw new GuardError("network", "the address could not be reached", error)
  }
}

export const publicOnly: Guard = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  allows: isPublicAddress,
}

type Hop = GuardedRequest & { signal: AbortSignal }

async function follow(address: string, request: Hop, guard: Guard): Promise<GuardedAnswer> {
  let url = parse(address)
  let hop = request
  for (let redirects = 0; redirects <= redirectsMax; redirects++) {
    const response = await connect(url, hop, guard)
    const target = hop.redirects === false ? undefined : redirectTarget(response, url)
    if (!target) {
      const bytes = await readLimited(response, request.bytesMax)
      return { status: response.status, headers: response.headers, url: url.href, bytes }
    }
    await response.body?.cancel()
    hop = nextHop(hop, { from: url, to: target, status: response.status })
    url = target
  }
  throw new GuardError("redirects", `more than ${redirectsMax} redirects`)
}

function parse(address: string): URL {
  if (!URL.canParse(address)) throw new GuardError("address", "this is not an address")
  const url = new URL(address)
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new GuardError("address", "only http and https addresses are fetched")
  if (url.username || url.password)
    throw new GuardError("address", "an address with a name or password in it is not fetched")
  return url
}

/** Connects to an address that was checked, in the name of the host. */
async function connect(url: URL, request: Hop, guard: Guard): Promise<Response> {
  const host = url.hostname.replace(/^\[|\]$|\.$/g, "")
  const address = await checkedAddress(host, request.signal, guard)
  const pinned = new URL(url)
  pinned.hostname = address.includes(":") ? `[${address}]` : address
  return fetch(pinned, {
    method: request.method ?? "GET",
    headers: { ...request.headers, host: url.host, "accept-encoding": "identity" },
    ...(request.body !== undefined && { body: request.body }),
    signal: request.signal,
    redirect: "manual",
    // Unpacked by us, under the limit. A kept connection could belong to another name.
    decompress: false,
    keepalive: false,
    ...(url.protocol === "https:" && {
      tls: { serverName: host, ...(guard.ca && { ca: guard.ca }) },
    }),
  })
}

/** One address that is not allowed spoils the name: whoever mixes them is up to something. */
async function checkedAddress(host: string, signal: AbortSignal, guard: Guard): Promise<string> {
  const addresses = await orAborted(guard.resolve(host), signal)
  const [first] = addresses
  if (!first || !addresses.every(guard.allows))
    throw new GuardError("private", `${host} is not on the public internet`)
  return first
}

/** A lookup cannot be called off, only no longer be waited for. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason)
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })
}

function redirectTarget(response: Response, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined
  const location = response.headers.get("location")
  if (!location || !URL.canParse(location, from.href))
    throw new GuardError("redirects", "a redirect without a usable target")
  return parse(new URL(location, from.href).href)
}

/** As browsers do: 303, and 301 and 302 after a POST, go on as a GET without a body. */
function nextHop(hop: Hop, { from, to, status }: { from: URL; to: URL; status: number }): Hop {
  const { method, body, headers, ...rest } = hop
  const keepsBody = status === 307 || status === 308
  return {
    ...rest,
    ...(keepsBody && method && { method }),
    ...(keepsBody && body !== undefined && { body }),
    ...(from.origin === to.origin && headers && { headers }),
  }
}
