import { Readable } from "node:stream"
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib"
import { GuardError } from "./guard-error.ts"

/**
 * Reads a body that was not unpacked yet, and unpacks it piece by piece: what is too large is left
 * at the limit, however small it came.
 * @throws GuardError `size`, `encoding`
 */
export async function readLimited(response: Response, bytesMax: number): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array()
  if (Number(response.headers.get("content-length") ?? 0) > bytesMax) {
    await response.body.cancel()
    throw tooLarge(bytesMax)
  }
  const encoding = response.headers.get("content-encoding")?.trim().toLowerCase() || "identity"
  const unpack = unpackers[encoding]
  if (!unpack) {
    await response.body.cancel()
    throw new GuardError("encoding", `the answer is packed in an unknown way`)
  }
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of unpack(response.body)) {
    bytes += piece.byteLength
    // Leaving the loop closes what is read, down to the connection.
    if (bytes > bytesMax) throw tooLarge(bytesMax)
    pieces.push(piece)
  }
  return new Uint8Array(Buffer.concat(pieces))
}

const tooLarge = (bytesMax: number) =>
  new GuardError("size", `the answer is larger than ${bytesMax} bytes`)

type Pieces = AsyncIterable<Uint8Array>

const unpackers: Record<string, (body: ReadableStream<Uint8Array>) => Pieces> = {
  identity: (body) => body,
  gzip: (body) => through(body, createGunzip()),
  "x-gzip": (body) => through(body, createGunzip()),
  deflate: (body) => through(body, createInflate()),
  br: (body) => through(body, createBrotliDecompress()),
}

/** A failure of the source would not reach the reader by itself. */
async function* through(
  body: ReadableStream<Uint8Array>,
  unpacker: ReturnType<typeof createGunzip>,
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(body)
  source.on("error", (error) => unpacker.destroy(error))
  try {
    yield* source.pipe(unpacker)
  } finally {
    source.destroy()
    unpacker.destroy()
  }
}
