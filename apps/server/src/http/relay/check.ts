import type { z } from "zod"
import { AppError } from "../../core/error.ts"

/** @throws AppError `input.invalid`, naming the first thing that is wrong and where */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at = "",
): z.infer<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const param = [at, ...(issue?.path ?? [])].filter((part) => part !== "").join(".")
  const detail = `${param || "body"}: ${issue?.message ?? "not as expected"}`
  throw new AppError("input.invalid", { detail, ...(param && { param }) })
}

type Present<T> = { [K in keyof T]: Exclude<T[K], null | undefined> }

/** Without what is null or undefined: `null` on the wire means "left out", 0 does not. */
export function present<T extends Record<string, unknown>>(fields: T): Present<T> {
  const kept: Partial<T> = {}
  for (const name in fields) if (fields[name] != null) kept[name] = fields[name]
  return kept as Present<T>
}
