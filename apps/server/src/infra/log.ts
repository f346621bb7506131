import pino from "pino"
import type { Log, LogFields } from "../core/deps.ts"
import { loggable } from "./loggable.ts"

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent"

/** Where finished lines go. Synchronous: what was logged before a crash is there after it. */
export type LogSink = { write(line: string): void }

/**
 * One JSON object per line. Secrets are hidden by their field's name, at any depth; a line below
 * `level` costs a comparison.
 */
export function createLog(level: LogLevel, sink: LogSink = stdout(), fields: LogFields = {}): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return wrap(pino(options, sink).child(loggable(fields)))
}

/** Unlike `console.log`, written before the call returns. */
const stdout = (): LogSink => pino.destination({ dest: 1, sync: true })

function wrap(logger: pino.Logger): Log {
  const writer =
    (level: "debug" | "info" | "warn" | "error") => (text: string, fields?: LogFields) => {
      if (!logger.isLevelEnabled(level)) return
      if (fields) logger[level](loggable(fields), text)
      else logger[level](text)
    }
  return {
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
    child: (fields) => wrap(logger.child(loggable(fields))),
  }
}
