import { expect, test } from "bun:test"
import type { KeepAlive, Speaker } from "./keep-alive.ts"
import { streamBody } from "./stream-body.ts"

const bytes = (text: string) => new TextEncoder().encode(text)

function body(pieces: readonly string[], wait: () => Promise<void> = async () => {}) {
  const speakers = new Set<Speaker>()
  const seen = { pulled: 0, cancelled: false, speakers }
  const keepAlive: KeepAlive = {
    add: (speaker) => void speakers.add(speaker),
    remove: (speaker) => void speakers.delete(speaker),
  }
  const stream = streamBody(
    {
      async next() {
        await wait()
        const piece = pieces[seen.pulled++]
        return piece === undefined ? undefined : bytes(piece)
      },
      cancel() {
        seen.cancelled = true
      },
    },
    keepAlive,
    bytes(": still here\n\n"),
  )
  return { stream, seen }
}

test("nothing is read before the caller reads, and empty pieces are passed over", async () => {
  const { stream, seen } = body(["a", "", "b"])
  await Bun.sleep(5)
  expect(seen.pulled).toBe(0)
  expect(await new Response(stream).text()).toBe("ab")
  expect(seen.speakers.size).toBe(0)
})

test("a caller who hangs up is told to the source, and is not kept alive", async () => {
  const { stream, seen } = body(["a", "b"])
  const reader = stream.getReader()
  await reader.read()
  await reader.cancel()
  expect(seen).toMatchObject({ pulled: 1, cancelled: true })
  expect(seen.speakers.size).toBe(0)
})

test("a long silence is broken by a ping", async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { stream, seen } = body(["a"], () => promise)
  const reader = stream.getReader()
  const first = reader.read()
  for (const speaker of seen.speakers) speaker.remind()
  expect(Buffer.from((await first).value ?? []).toString()).toBe(": still here\n\n")
  resolve()
})
