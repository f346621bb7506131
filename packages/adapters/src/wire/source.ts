import { noBytes } from "./bytes.ts"
import { brokenError, networkError } from "./upstream-error.ts"
import type { Watch } from "./watch.ts"

/** The upstream's bytes as they arrive. */
export type Source = {
  /** @returns undefined at the end; throws UpstreamError or the caller's reason */
  read(): Promise<Uint8Array | undefined>
  /** Puts bytes back in front. */
  unread(bytes: Uint8Array): void
  /** Lets go. Idempotent. */
  close(): void
  /** Nothing more is of interest, but the connection may be used again. */
  drain(): void
}

/** How long an upstream may take to close after its last word before the connection is given up. */
const drainMs = 1_000

export function createSource(body: ReadableStream<Uint8Array> | null, watch: Watch): Source {
  const reader = body?.getReader()
  let putBack: Uint8Array | undefined
  let closed = !reader

  function close() {
    if (closed) return
    closed = true
    watch.stop()
    reader?.cancel().catch(() => undefined)
  }

  return {
    async read() {
      if (putBack) {
        const bytes = putBack
        putBack = undefined
        return bytes
      }
      if (closed || !reader) return undefined
      watch.wait()
      try {
        const { done, value } = await reader.read()
        if (watch.blame()) throw watch.blame()
        watch.heard()
        if (!done) return value ?? noBytes
        closed = true
        watch.done()
        return undefined
      } catch (cause) {
        const stopped = closed
        close()
        if (watch.blame()) throw watch.blame()
        if (stopped) return undefined
        throw networkError(cause, "The connection to the upstream broke")
      }
    },
    unread(bytes) {
      putBack = bytes
    },
    close,
    drain() {
      if (closed || !reader) return
      const timer = setTimeout(close, drainMs)
      const ended = (atEnd: boolean) => {
        clearTimeout(timer)
        if (!atEnd) return close()
        closed = true
        watch.done()
      }
      reader.read().then(
        ({ done }) => ended(done),
        () => ended(false),
      )
    },
  }
}

/** @throws UpstreamError when there is more than `bytesMax` */
export async function readAll(source: Source, bytesMax: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for (;;) {
    const bytes = await source.read()
    if (!bytes) return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
    size += bytes.length
    if (size > bytesMax) {
      source.close()
      throw brokenError("The upstream's answer is too large.")
    }
    pieces.push(bytes)
  }
}

/** As much as fits; the rest is not waited for. Never throws: an error's page is not worth one. */
export async function readSome(source: Source, bytesMax: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    while (size < bytesMax) {
      const bytes = await source.read()
      if (!bytes) break
      pieces.push(bytes)
      size += bytes.length
    }
  } catch {
    // What arrived before the failure is all there is.
  }
  source.close()
  return Buffer.concat(pieces).subarray(0, bytesMax)
}
