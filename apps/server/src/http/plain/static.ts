import { join } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"
import { Glob } from "bun"
import { Elysia } from "elysia"
import { type Proxies, placeOf } from "../proxies.ts"
import { headersOf } from "./security-headers.ts"

const compressible = /\.(?:html|js|css|svg|json|webmanifest|txt|map)$/
/** Files under here have a hash in their name. */
const immutable = /^\/assets\//
const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)
const brotliQuality = 9
const strictTransportSeconds = 15_768_000

type Encoding = "br" | "gzip" | "identity"
type Encoded = { bytes: Uint8Array<ArrayBuffer>; etag: string }

/**
 * The built web app: files by their name, and the app itself for every other address, so that a
 * deep link works. A name with an ending that is not there is a 404, not the app.
 */
export async function staticFiles(folder: string, proxies: Proxies) {
  const names = new Set<string>()
  for await (const name of new Glob("**/*").scan({ cwd: folder })) names.add(`/${name}`)
  const cache = new Map<string, Promise<Encoded>>()

  function encoded(name: string, encoding: Encoding) {
    const key = `${encoding} ${name}`
    let file = cache.get(key)
    if (!file) {
      file = encode(join(folder, name), encoding)
      cache.set(key, file)
    }
    return file
  }

  return new Elysia({ name: "static" }).get("/*", async ({ request }) => {
    const path = decoded(new URL(request.url).pathname)
    const name = names.has(path) ? path : "/index.html"
    if (name !== path && /\.\w+$/.test(path)) return notFound(path)
    if (!names.has(name)) return notFound(path)
    const encoding = compressible.test(name) ? encodingOf(request) : "identity"
    const { bytes, etag } = await encoded(name, encoding)
    const headers = {
      ...headersOf(name),
      ...strictTransport(request, proxies),
      etag,
      vary: "accept-encoding",
      "cache-control": immutable.test(name) ? "public, max-age=31536000, immutable" : "no-cache",
      "content-type": Bun.file(name).type,
      // Diagrams are drawn in a sandboxed frame, whose origin is nobody's: it may fetch scripts.
      ...(immutable.test(name) && { "access-control-allow-origin": "*" }),
      ...(encoding !== "identity" && { "content-encoding": encoding }),
    }
    if (request.headers.get("if-none-match") === etag)
      return new Response(null, { status: 304, headers })
    return new Response(bytes, { headers })
  })
}

/** Half a year of TLS alone, for who came by it. Of this host: what else lives below it is not ours to bind. */
const strictTransport = (request: Request, proxies: Proxies) =>
  placeOf(request, proxies).scheme === "https" && {
    "strict-transport-security": `max-age=${strictTransportSeconds}`,
  }

async function encode(path: string, encoding: Encoding): Promise<Encoded> {
  const raw = await Bun.file(path).bytes()
  const etag = `"${Bun.hash(raw).toString(36)}-${encoding}"`
  if (encoding === "br") {
    const params = { [constants.BROTLI_PARAM_QUALITY]: brotliQuality }
    return { bytes: new Uint8Array(await brotli(raw, { params })), etag }
  }
  return { bytes: encoding === "gzip" ? new Uint8Array(await gzipped(raw)) : raw, etag }
}

function encodingOf(request: Request): Encoding {
  const accepted = request.headers.get("accept-encoding") ?? ""
  if (/\bbr\b/.test(accepted)) return "br"
  return /\bgzip\b/.test(accepted) ? "gzip" : "identity"
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const notFound = (path: string) =>
  new Response(`There is nothing at ${path}.`, {
    status: 404,
    headers: { ...headersOf(path), "content-type": "text/plain; charset=utf-8" },
  })
