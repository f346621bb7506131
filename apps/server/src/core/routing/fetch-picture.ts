import { type Picture, UpstreamError } from "@nio/adapters"
import type { Deps } from "../deps.ts"

const pictureBytesMax = 20_000_000
const pictureMs = 10_000

/**
 * The picture at an address a caller or an upstream named.
 * @throws UpstreamError `invalid-request` when there is none to be had; the signal's reason
 */
export async function fetchPicture(
  { download }: Pick<Deps, "download">,
  url: string,
  signal: AbortSignal,
): Promise<Picture> {
  const limits = { timeoutMs: pictureMs, bytesMax: pictureBytesMax, signal }
  const { status, contentType, bytes } = await download(url, limits).catch((cause) => {
    signal.throwIfAborted()
    throw unfetched(cause instanceof Error ? cause.message : "it could not be reached")
  })
  if (status !== 200) throw unfetched(`its server answered ${status}`)
  const mime = mimeOf(bytes, contentType)
  if (!mime) throw unfetched("what is there is not a picture")
  return { mime, bytes }
}

const unfetched = (why: string) =>
  new UpstreamError("invalid-request", `The picture could not be fetched: ${why}.`, {
    status: 400,
    code: "invalid_image_url",
    type: "invalid_request_error",
  })

/** How files of each kind begin; what their server calls them is wrong too often. */
const beginnings: readonly [string, RegExp][] = [
  ["image/png", /^\x89PNG/],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/gif", /^GIF8/],
  ["image/webp", /^RIFF.{4}WEBP/s],
]

function mimeOf(bytes: Uint8Array, declared: string | null): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1")
  const [seen] = beginnings.find(([, beginning]) => beginning.test(head)) ?? []
  const named = declared?.split(";")[0]?.trim().toLowerCase()
  return seen ?? (named?.startsWith("image/") ? named : undefined)
}
