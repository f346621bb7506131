import { isRecord } from "../wire/json.ts"

/** The same value with `ToolCalls` spelt `tool_calls`, however deep. */
export function inSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSnakeCase)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [snakeCase(name), inSnakeCase(inner)]),
  )
}

const snakeCase = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase()
