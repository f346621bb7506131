import { Database } from "bun:sqlite"

declare const self: Worker

const everyMs = 1_000
/** Passive: takes no lock that a writer would have to wait for. */
const checkpoint = "pragma wal_checkpoint(passive)"

self.onmessage = ({ data: path }: MessageEvent<string>) => {
  const file = new Database(path)
  setInterval(() => file.run(checkpoint), everyMs)
}
