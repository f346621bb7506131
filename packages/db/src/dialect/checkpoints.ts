/**
 * Moves what was committed from the log into the database file in a thread of its own: that waits
 * for the disk, and in the server's thread every answer under way would wait with it.
 *
 * @returns a function that stops it
 */
export function startCheckpoints(path: string): () => void {
  const worker = new Worker(new URL("./checkpoint-worker.ts", import.meta.url).href, { smol: true })
  worker.unref()
  worker.postMessage(path)
  return () => worker.terminate()
}
