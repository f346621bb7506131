import type { KeepAlive, Speaker } from "./keep-alive.ts"

/** What a response body is made of. */
export type Source = {
  /** The next bytes; undefined at the end. An empty array is passed over. Never rejects. */
  next(): Promise<Uint8Array | undefined>
  /** The caller has hung up. */
  cancel(): void
}

/** A response body that reads no faster than the caller does, and breaks long silences with a `ping`. */
export function streamBody(
  source: Source,
  keepAlive: KeepAlive,
  ping: Uint8Array,
): ReadableStream<Uint8Array> {
  let speaker: Speaker | undefined

  function end() {
    if (speaker) keepAlive.remove(speaker)
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        speaker = {
          spokeAt: performance.now(),
          remind() {
            this.spokeAt = performance.now()
            controller.enqueue(ping)
          },
        }
        keepAlive.add(speaker)
      },
      async pull(controller) {
        let bytes = await source.next()
        while (bytes?.length === 0) bytes = await source.next()
        if (bytes === undefined) {
          end()
          controller.close()
          return
        }
        if (speaker) speaker.spokeAt = performance.now()
        controller.enqueue(bytes)
      },
      cancel() {
        end()
        source.cancel()
      },
    },
    { highWaterMark: 0 },
  )
}
