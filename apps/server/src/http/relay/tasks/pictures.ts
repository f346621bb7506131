import type { TaskRequest } from "@nio/adapters"
import type { Deps } from "../../../core/deps.ts"
import { keepPicture } from "../../../core/picture/kept-pictures.ts"
import { fetchPicture } from "../../../core/routing/fetch-picture.ts"
import { placeOf, proxiesOf } from "../../proxies.ts"
import { wantsEvents } from "./as-events.ts"

type Told = { url?: unknown; b64_json?: unknown }

/**
 * Pictures as the caller wants them told: base64 where an upstream gave an address, an address of
 * ours where it gave base64. What cannot be changed stays: the caller paid for it.
 */
export async function picturesTold(
  deps: Deps,
  bytes: Uint8Array,
  asked: TaskRequest,
  request: Request,
): Promise<Uint8Array> {
  const { body } = asked
  const named =
    body.type === "json" ? body.fields.response_format : body.form.get("response_format")
  // Events have no place for an address.
  const wanted = wantsEvents(asked) ? "b64_json" : named
  const tell = { url: byAddress, b64_json: inBase64 }[String(wanted)]
  if (!tell) return bytes
  const document = JSON.parse(Buffer.from(bytes).toString())
  if (!Array.isArray(document.data)) return bytes
  const data = await Promise.all(document.data.map((told: Told) => tell(deps, told, request)))
  return Buffer.from(JSON.stringify({ ...document, data }))
}

async function inBase64(deps: Deps, told: Told, { signal }: Request): Promise<Told> {
  if (typeof told.b64_json === "string" || typeof told.url !== "string") return told
  const { url, ...rest } = told
  try {
    const { bytes } = await fetchPicture(deps, url, signal)
    return { ...rest, b64_json: Buffer.from(bytes).toString("base64") }
  } catch (cause) {
    deps.log.warn("a picture was not fetched", { cause })
    return told
  }
}

async function byAddress(deps: Deps, told: Told, request: Request): Promise<Told> {
  if (typeof told.url === "string" || typeof told.b64_json !== "string") return told
  const { b64_json, ...rest } = told
  const name = await keepPicture(deps, b64_json)
  return name === undefined ? told : { ...rest, url: `${rootOf(deps, request)}/pictures/${name}` }
}

/** Where the caller reaches us, by its own account: the address goes back to nobody else. */
function rootOf(deps: Deps, request: Request): string {
  const { scheme, host } = placeOf(request, proxiesOf(deps))
  const { pathname } = new URL(request.url)
  return `${scheme}://${host}${pathname.replace(/\/images\/\w+$/, "")}`
}
