import type { Fetch } from "../spec/index.ts"

/**
 * A fetch whose body arrives in pieces of exactly so many bytes, whatever the socket made of
 * them: the kernel is free to join what the other side cut.
 */
export function cutFetch(pieceBytes: number, inner: Fetch = fetch): Fetch {
  return async (url, init) => {
    const response = await inner(url, init)
    if (!response.body) return response
    const cutter = new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        for (let at = 0; at < bytes.length; at += pieceBytes)
          controller.enqueue(bytes.subarray(at, at + pieceBytes))
      },
    })
    const { status, headers } = response
    return new Response(response.body.pipeThrough(cutter), { status, headers })
  }
}
