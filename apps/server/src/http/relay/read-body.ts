import { AppError } from "../../core/error.ts"

/** Enough for a conversation with several photographs in it. */
export const requestBytesMax = 32 * 1024 * 1024

const utf8 = new TextDecoder("utf-8", { fatal: true })

/**
 * The body as text.
 * @throws AppError `input.too-large`, `input.invalid` when it is not UTF-8
 */
export async function readBody(request: Request): Promise<string> {
  const announced = Number(request.headers.get("content-length") ?? Number.NaN)
  if (announced > requestBytesMax) throw tooLarge()
  const bytes = Number.isNaN(announced) ? await readCapped(request) : await request.bytes()
  try {
    return utf8.decode(bytes)
  } catch {
    throw new AppError("input.invalid", { detail: "the body is not valid UTF-8" })
  }
}

/** For bodies of unknown length, which could go on for ever. */
async function readCapped(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > requestBytesMax) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const tooLarge = () => new AppError("input.too-large", { limit: `${requestBytesMax >> 20} MiB` })

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
