import type { TaskRequest } from "../spec/index.ts"
import { type Json, records } from "../wire/json.ts"
import { fieldsOf } from "../wire/vectors.ts"

/**
 * Mistral takes only ids of nine letters or digits, calls the seed by another name, and refuses
 * fields it does not know. The same id becomes the same nine characters each time.
 *
 * @see https://docs.mistral.ai/api
 */
export function adjust(body: Record<string, unknown>): Record<string, unknown> {
  const { seed, reasoning_effort: effort, messages, ...rest } = body
  return {
    ...rest,
    messages: records(messages).map(withShortIds),
    random_seed: seed,
    reasoning_effort: effort === undefined || effort === "none" ? effort : "high",
  }
}

/** How long vectors are has another name, and how they are written it is not told. */
export function taskEdits(request: TaskRequest): Record<string, unknown> {
  if (request.kind !== "embeddings") return {}
  const { dimensions, output_dimension } = fieldsOf(request)
  return {
    output_dimension: output_dimension ?? dimensions ?? undefined,
    dimensions: undefined,
    encoding_format: undefined,
    user: undefined,
  }
}

function withShortIds(message: Json) {
  const { name: _, reasoning_content: __, tool_call_id, tool_calls, ...rest } = message
  return {
    ...rest,
    ...(tool_call_id !== undefined && { tool_call_id: shortId(String(tool_call_id)) }),
    ...(tool_calls !== undefined && {
      tool_calls: records(tool_calls).map((call) => ({ ...call, id: shortId(String(call.id)) })),
    }),
  }
}

const shortId = (id: string) =>
  /^[a-zA-Z0-9]{9}$/.test(id)
    ? id
    : new Bun.CryptoHasher("sha256").update(id).digest("hex").slice(0, 9)
