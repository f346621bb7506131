/** Names under which secrets travel, without dashes and underscores. */
const hidden =
  /^(?:(?:proxy)?authorization|(?:set)?cookies?|.*passw(?:or)?d|passwordhash|.*secrets?|(?:x?api)?keys?|xgoogapikey|.*token|ticket)$/

const depthMax = 6
const itemsMax = 50
const charsMax = 4_000

/** A copy fit for a log: secrets hidden, errors spelled out, nothing endless. */
export function loggable<T extends Record<string, unknown>>(fields: T): Record<string, unknown> {
  return object(fields, 0)
}

function value(given: unknown, depth: number): unknown {
  if (typeof given === "string") return shortened(given)
  if (typeof given === "bigint") return given.toString()
  if (typeof given !== "object" || given === null) return given
  if (given instanceof Error) return error(given, depth)
  if (depth >= depthMax) return "[deeper]"
  if (Array.isArray(given)) return given.slice(0, itemsMax).map((item) => value(item, depth + 1))
  if (given instanceof Date) return given
  return object(given, depth + 1)
}

function object(given: object, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const [name, content] of Object.entries(given).slice(0, itemsMax))
    copy[name] = isHidden(name) && content ? "[hidden]" : value(content, depth)
  return copy
}

const isHidden = (name: string) => hidden.test(name.replace(/[-_]/g, "").toLowerCase())

/**
 * Only what is known to be harmless. Database errors carry the statement's parameters, which are
 * prompts, answers and hashes, in fields of their own and inside the message.
 */
function error(given: Error, depth: number): Record<string, unknown> {
  const { name, cause } = given
  const code: unknown = Reflect.get(given, "code")
  const message = given.message.replace(/\nparams:[\s\S]*/, "")
  const frames = given.stack?.slice(given.stack.search(/^\s+at /m)) ?? ""
  return {
    name,
    message: shortened(message),
    ...(typeof code === "string" && { code }),
    ...(frames.trimStart().startsWith("at ") && { stack: shortened(frames) }),
    ...(cause !== undefined && depth < depthMax && { cause: value(cause, depth + 1) }),
  }
}

const shortened = (text: string) =>
  text.length > charsMax ? `${text.slice(0, charsMax)}… (${text.length} characters)` : text
