import { join } from "node:path"

export const root = join(import.meta.dir, "../..")

export type Outcome = { name: string; ok: boolean; ms: number; output: string }

/** What can be told without running the product, each with the command that tells it. */
const staticChecks: Record<string, string[]> = {
  "format and lint": ["biome", "ci", "--colors=off", "."],
  types: ["tsc", "--noEmit", "-p", "."],
  "unused code": ["knip"],
}

/** All at once; the slowest decides how long it takes. Calls `done` as each ends. */
export async function runStaticChecks(done: (outcome: Outcome) => void): Promise<Outcome[]> {
  return Promise.all(
    Object.entries(staticChecks).map(async ([name, command]) => {
      const outcome = await runQuietly(name, [process.execPath, "x", "--bun", ...command])
      done(outcome)
      return outcome
    }),
  )
}

/** Keeps the output to show only when it went wrong. */
export async function runQuietly(name: string, command: string[]): Promise<Outcome> {
  const began = performance.now()
  const child = Bun.spawn(command, { cwd: root, stdin: "ignore", stdout: "pipe", stderr: "pipe" })
  const text = (stream: ReadableStream) => new Response(stream).text()
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), child.exited])
  return { name, ok: code === 0, ms: performance.now() - began, output: out + err }
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
