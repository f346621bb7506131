import { z } from "zod"
import { modelName } from "./model-name.ts"
import { rate } from "./rate.ts"

const hostName = z
  .string()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[\w.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/i, "a host name or an address")

/** What stands between us and the upstream. Its name and password are kept with the secrets. */
export const proxyAddress = z.object({
  scheme: z.enum(["http", "https", "socks5"]),
  host: hostName,
  port: z.int().min(1).max(65_535),
})

/** SOCKS counts both in one byte each. */
const loginPart = z.string().max(255)
export const proxyLogin = z.object({ username: loginPart.min(1), password: loginPart })
export type ProxyLogin = z.infer<typeof proxyLogin>

/** As the form sends it: a `login` left out stays what it is, null takes it away. */
export const proxyInput = proxyAddress.extend({ login: proxyLogin.nullable().optional() })

/** What belongs to the connection, to the body we write, or to the key. */
const reservedHeaders =
  /^(?:connection|keep-alive|proxy-.*|te|trailers?|transfer-encoding|upgrade|host|content-.*|accept-encoding|expect|authorization|(?:x-)?api-key|x-goog-api-key|x-relay-hops)$/

const headerName = z
  .string()
  .max(64)
  .toLowerCase()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, "a header name")
  .refine((name) => !reservedHeaders.test(name), "this header is ours to set")

const headerValue = z
  .string()
  .trim()
  .max(4_096)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, "no line breaks or control characters")

const headersMax = 32
const fewHeaders = <Value>(headers: Record<string, Value>) =>
  Object.keys(headers).length <= headersMax

/** Headers of the channel's own, put over ours. They may hold secrets, so they are kept with them. */
export const channelHeaders = z
  .record(headerName, headerValue)
  .refine(fewHeaders, `at most ${headersMax} headers`)

/** An edit: null keeps the value that is stored under this name; a name left out is removed. */
export const channelHeadersEdit = z
  .record(headerName, headerValue.nullable())
  .refine(fewHeaders, `at most ${headersMax} headers`)

/**
 * What the operator pays for some of the upstream's models, by the upstream's own names. The first
 * that lists a model counts. `per-token`: micropoints per million; `per-request`: `output` is
 * micropoints per request and `input` is 0.
 */
export const channelCost = z.object({
  type: z.enum(["per-token", "per-request"]),
  models: z.array(modelName).min(1).max(2_000),
  input: rate,
  output: rate,
  /** For input read from the upstream's cache; `input` when left out. */
  cachedInput: rate.optional(),
})
export type ChannelCost = z.infer<typeof channelCost>
