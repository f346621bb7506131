import type { Database, Statement } from "bun:sqlite"
import { exact } from "../exact.ts"

/** Statements kept prepared. Far more than the code has; generated ones come and go. */
const statementsMax = 512

export type Statements = {
  /** Rows as objects. */
  all(text: string, params: readonly unknown[]): unknown[]
  /** Rows as arrays, as drizzle wants them. */
  values(text: string, params: readonly unknown[]): unknown[][]
  /** @returns the number of rows matched. */
  run(text: string, params: readonly unknown[]): number
  close(): void
}

/**
 * Prepares each text once.
 * Whole numbers beyond ±2^53 are refused both ways: the driver hands over such a number rounded,
 * which can be told, since what it is rounded to is itself beyond the bound.
 */
export function createStatements(file: Database): Statements {
  const prepared = new Map<string, Statement>()

  function statement(text: string): Statement {
    const known = prepared.get(text)
    if (known) return known
    if (prepared.size >= statementsMax) dropOldest()
    const fresh = file.prepare(text)
    prepared.set(text, fresh)
    return fresh
  }

  function dropOldest(): void {
    const [text, oldest] = prepared.entries().next().value!
    oldest.finalize()
    prepared.delete(text)
  }

  return {
    all(text, params) {
      const rows = statement(text).all(...bindable(params)) as Record<string, unknown>[]
      for (const row of rows) for (const name in row) requireExact(row[name])
      return rows
    },
    values(text, params) {
      const rows = statement(text).values(...bindable(params)) as unknown[][]
      for (const row of rows) for (const value of row) requireExact(value)
      return rows
    },
    run: (text, params) => statement(text).run(...bindable(params)).changes,
    close() {
      for (const one of prepared.values()) one.finalize()
      prepared.clear()
    },
  }
}

function requireExact(value: unknown): void {
  if (typeof value === "number") exact(value)
}

/** Checked here instead of by types, because drizzle passes what the caller gave it. */
function bindable(params: readonly unknown[]): (string | number | boolean | null)[] {
  for (const value of params) {
    if (typeof value === "number") exact(value)
    else if (value !== null && typeof value !== "string" && typeof value !== "boolean")
      throw new TypeError(`a ${typeof value} cannot be stored`)
  }
  return params as (string | number | boolean | null)[]
}
