import type { z } from "zod"
import type { Actor } from "../../core/actor.ts"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import type { AllowedOrigin } from "../origins.ts"
import { addressOf, type Proxies } from "../proxies.ts"
import { readBytes } from "../relay/read-body.ts"
import { callerOf } from "./caller.ts"
import { corsHeaders } from "./cors.ts"
import { limitCalls } from "./limits.ts"
import { refusalOf } from "./texts.ts"

/** One request, of which the caller is known. */
export type Call = {
  request: Request
  query: URLSearchParams
  address: string
  /** Undefined for strangers. */
  caller: Actor | undefined
  /** What the body says, as JSON or as a form. @throws AppError `input.invalid`, `input.too-large` */
  read<Schema extends z.ZodType>(schema: Schema): Promise<z.infer<Schema>>
}

export type Route = {
  method: "GET" | "POST"
  path: string
  handle: (deps: Deps, call: Call) => Promise<object | null> | object | null
}

export type CompatOptions = Proxies & { allowOrigins: readonly AllowedOrigin[] }

export type Incoming = {
  request: Request
  server: { requestIP(request: Request): { address: string } | null } | null
}

/** Answers a request; whatever is thrown becomes `{ status: false, … }`. */
export async function answer(
  deps: Deps,
  { path, handle }: Pick<Route, "path" | "handle">,
  { request, server }: Incoming,
  { allowOrigins, trustedProxies }: CompatOptions,
): Promise<Response> {
  const headers = { ...corsHeaders(request, allowOrigins), "cache-control": "no-store" }
  try {
    const peer = server?.requestIP(request)?.address
    const address = addressOf(request, peer, { trustedProxies })
    await limitCalls(deps, path, address)
    const credential = request.headers.get("authorization") ?? ""
    const caller = await callerOf(deps, credential, () => address)
    const query = new URL(request.url).searchParams
    const read: Call["read"] = (schema) => readInput(request, schema)
    const body = await handle(deps, { request, query, address, caller, read })
    return Response.json(body, { headers })
  } catch (cause) {
    const error = AppError.from(cause)
    if (error.code === "internal")
      deps.log.error("a request of an old client failed", { path, cause: error.cause })
    const { status, body } = refusalOf(error)
    return Response.json(body, { status, headers })
  }
}

/** What anybody here has to say is short; a preset may quote a whole conversation. */
const inputBytesMax = 4 * 1024 * 1024

async function readInput<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const text = new TextDecoder().decode(await readBytes(request, inputBytesMax))
  const isForm = request.headers.get("content-type")?.includes("x-www-form-urlencoded")
  const fields = isForm ? Object.fromEntries(new URLSearchParams(text)) : parsed(text)
  return checked(schema, fields)
}

/** @throws AppError `input.invalid` */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const { data, error } = schema.safeParse(value)
  if (!error) return data
  const [issue] = error.issues
  const param = issue?.path.join(".")
  const detail = `${param || "body"}: ${issue?.message ?? "not as expected"}`
  throw new AppError("input.invalid", { detail, ...(param && { param }) })
}

function parsed(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text)
  } catch {
    throw new AppError("input.invalid", { detail: "the body must be JSON" })
  }
}
