import type { Ask } from "./generation.ts"
import { isTask } from "./work.ts"

/** What binds a request to whoever answered one before it. */
export type Ties = {
  /** Names under which that may be found, the strongest first. */
  from: readonly string[]
  /** Names under which whoever answers this one is to be found. */
  to: readonly string[]
  /** Whether it carries thoughts that only their maker can read. */
  signed: boolean
}

export const noTies: Ties = { from: [], to: [], signed: false }

type Body = Readonly<Record<string, unknown>>

/**
 * Thoughts come back signed by whoever thought them, and a long beginning is cheap for whoever has
 * read it. Both are looked for in the caller's own body, in any dialect: who sends neither tools
 * nor marks of a cache pays nothing for this.
 */
export function tiesOf({ actor, request }: Ask): Ties {
  if (isTask(request) || !request.native) return noTies
  const { text, body } = request.native
  const turns = turnsOf(body)
  const name = (kind: string, what: unknown) =>
    `${kind}\n${actor.userId}\n${request.model}\n${JSON.stringify(what)}`

  const signed = signatures.some((word) => text.includes(word))
  const inLoop = Array.isArray(body.tools) && body.tools.length > 0
  const asked = turns.length - answerLength(turns)
  const cached = cacheNames(body, text, turns).map((what) => name("cache", what))
  return {
    from: [...(signed ? [name("turns", turns.slice(0, asked))] : []), ...cached],
    to: [...(inLoop ? [name("turns", turns)] : []), ...cached],
    signed,
  }
}

/** How the dialects call what is signed. */
const signatures = [
  '"signature"',
  '"thoughtSignature"',
  '"thought_signature"',
  '"encrypted_content"',
  '"redacted_thinking"',
  '"reasoning_details"',
]

function turnsOf(body: Body): readonly unknown[] {
  const turns = body.messages ?? body.contents ?? body.input
  return Array.isArray(turns) ? turns : []
}

/** Turns from the last ones a model spoke to the end: what has been added to an earlier request. */
function answerLength(turns: readonly unknown[]): number {
  let at = turns.length - 1
  while (at >= 0 && !isModels(turns[at])) at--
  while (at >= 0 && isModels(turns[at])) at--
  return turns.length - 1 - at
}

function isModels(turn: unknown): boolean {
  const { role, type } = (turn ?? {}) as { role?: unknown; type?: unknown }
  return (
    role === "assistant" || role === "model" || type === "reasoning" || type === "function_call"
  )
}

/** What a caller calls its cache, or the beginning that it has marked to be kept. */
function cacheNames(body: Body, text: string, turns: readonly unknown[]): unknown[] {
  const named = typeof body.prompt_cache_key === "string" ? [body.prompt_cache_key] : []
  if (!text.includes('"cache_control"')) return named
  const first = turns.findIndex((turn) => (turn as { role?: unknown })?.role === "user")
  return [...named, [body.system, body.tools, turns.slice(0, first + 1)]]
}
