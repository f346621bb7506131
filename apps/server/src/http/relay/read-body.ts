import { AppError } from "../../core/error.ts"

/** Enough for a conversation with several photographs in it. */
const requestBytesMax = 32 * 1024 * 1024
/** Enough for the longest recording and the largest picture that upstreams take. */
export const formBytesMax = 50 * 1024 * 1024

const utf8 = new TextDecoder("utf-8", { fatal: true })

/**
 * The body as text.
 * @throws AppError `input.too-large`, `input.invalid` when it is not UTF-8
 */
export async function readBody(request: Request): Promise<string> {
  const bytes = await readBytes(request, requestBytesMax)
  try {
    return utf8.decode(bytes)
  } catch {
    throw new AppError("input.invalid", { detail: "the body is not valid UTF-8" })
  }
}

/** @throws AppError `input.too-large` */
export async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? Number.NaN)
  if (announced > bytesMax) throw tooLarge(bytesMax)
  return Number.isNaN(announced) ? readCapped(request, bytesMax) : request.bytes()
}

/** For bodies of unknown length, which could go on for ever. */
async function readCapped(request: Request, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > bytesMax) throw tooLarge(bytesMax)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = (bytesMax: number) =>
  new AppError("input.too-large", { limit: `${bytesMax >> 20} MiB` })

/** @throws AppError `input.invalid` when it is not one JSON object */
export function parseObject(text: string): Record<string, unknown> {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new AppError("input.invalid", { detail: "the body is not valid JSON" })
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("input.invalid", { detail: "the body is not a JSON object" })
  }
  return body as Record<string, unknown>
}
