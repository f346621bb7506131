import { type Picture, UpstreamError } from "@nio/adapters"
import type { Deps } from "../deps.ts"
import { pictureMime } from "../picture/picture-mime.ts"

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
  const named = contentType?.split(";")[0]?.trim().toLowerCase()
  const mime = pictureMime(bytes) ?? (named?.startsWith("image/") ? named : undefined)
  if (!mime) throw unfetched("what is there is not a picture")
  return { mime, bytes }
}

const unfetched = (why: string) =>
  new UpstreamError("invalid-request", `The picture could not be fetched: ${why}.`, {
    status: 400,
    code: "invalid_image_url",
    type: "invalid_request_error",
  })
