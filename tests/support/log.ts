import type { Log } from "@nio/server/core/deps"

export type LogLine = { level: string; message: string; fields: Record<string, unknown> }

/** Keeps what is logged, for tests that ask. */
export function recordingLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = []
  const make = (own: Record<string, unknown>): Log => {
    const writer = (level: string) => (message: string, fields?: Record<string, unknown>) =>
      void lines.push({ level, message, fields: { ...own, ...fields } })
    return {
      debug: writer("debug"),
      info: writer("info"),
      warn: writer("warn"),
      error: writer("error"),
      child: (fields) => make({ ...own, ...fields }),
    }
  }
  return { ...make({}), lines }
}
