import { mkdir } from "node:fs/promises"
import { join } from "node:path"

const folderName = "import-reports"
/** What is kept in memory before it is written. */
const bufferBytes = 64 * 1024

export type ReportFile = { path: string; write(line: object): void; close(): Promise<void> }

/** A file of lines of JSON that nobody has written before. */
export async function openReportFile(dataDir: string, name: string): Promise<ReportFile> {
  const folder = join(dataDir, folderName)
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}.ndjson`)
  const file = Bun.file(path).writer({ highWaterMark: bufferBytes })
  return {
    path,
    write: (line) => void file.write(`${JSON.stringify(line)}\n`),
    close: async () => void (await file.end()),
  }
}
