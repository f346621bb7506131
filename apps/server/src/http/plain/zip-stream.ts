import { Zip, ZipDeflate } from "fflate"

export type ZipEntry = { name: string; parts: AsyncIterable<string> }

/** So much is compressed at a time: answers under way wait no longer than that takes. */
const sliceBytes = 64 * 1024
const level = 3

/** A ZIP of files that are read only as fast as somebody takes it. */
export function zipStream(entries: readonly ZipEntry[], modifiedAt: number): ReadableStream {
  const bytes = compressed(entries, modifiedAt)
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await bytes.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await bytes.return(undefined)
    },
  })
}

async function* compressed(entries: readonly ZipEntry[], modifiedAt: number) {
  let ready: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  const taken = () => {
    const chunks = ready
    ready = []
    return chunks
  }
  for (const { name, parts } of entries) {
    const file = new ZipDeflate(name, { level })
    file.mtime = modifiedAt
    zip.add(file)
    for await (const slice of slicesOf(parts)) {
      file.push(slice)
      yield* taken()
      await Bun.sleep(0)
    }
    file.push(new Uint8Array(0), true)
    yield* taken()
  }
  zip.end()
  yield* taken()
}

async function* slicesOf(parts: AsyncIterable<string>) {
  const encoder = new TextEncoder()
  for await (const part of parts) {
    const bytes = encoder.encode(part)
    for (let at = 0; at < bytes.length; at += sliceBytes) yield bytes.subarray(at, at + sliceBytes)
  }
}
