import type { Script } from "./script.ts"
import { streamed, usageOf, whole } from "./scripted.ts"
import type { SeenRequest, Transcript } from "./simulate.ts"

type Frame = { type: string } & Record<string, unknown>

/** Each answer of a process has an id of its own: callers keep them. */
let answers = 0

/** Answers OpenAI's Responses API. Honours `stream` and `store`. */
export function scriptedResponses(script: Script) {
  return ({ body }: SeenRequest): Transcript => {
    const id = `up${++answers}`
    const output = outputOf(script, id)
    const { input = 0, output: written = 0 } = usageOf(script) ?? {}
    const response = {
      id: `resp_${id}`,
      object: "response",
      created_at: 1_763_000_000,
      status: "in_progress",
      error: null,
      incomplete_details: null,
      model: body?.model,
      output: [] as object[],
      previous_response_id: body?.previous_response_id ?? null,
      store: body?.store ?? true,
      usage: null as object | null,
    }
    const ended = {
      ...response,
      status: "completed",
      output,
      usage: {
        input_tokens: input,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: written,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: input + written,
      },
    }
    if (!body?.stream) return whole(ended)
    const frames: Frame[] = [
      { type: "response.created", response },
      ...output.flatMap((item, at) => framesOf(item, at, script)),
      { type: "response.completed", response: ended },
    ]
    return streamed(
      script,
      frames.map(({ type, ...fields }, sequence_number) =>
        encoder.encode(
          `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, ...fields })}\n\n`,
        ),
      ),
    )
  }
}

const encoder = new TextEncoder()

type Item = { id: string; type: string } & Record<string, unknown>

function outputOf({ chunks, reasoning, toolCalls = [] }: Script, id: string): Item[] {
  const text = { type: "output_text", text: chunks.join(""), annotations: [], logprobs: [] }
  const items: Item[] = []
  if (reasoning) {
    const summary = [{ type: "summary_text", text: reasoning.join("") }]
    items.push({ id: `rs_${id}`, type: "reasoning", summary, encrypted_content: `sealed-${id}` })
  }
  if (chunks.length > 0)
    items.push({ id: `msg_${id}`, type: "message", role: "assistant", content: [text] })
  for (const [at, call] of toolCalls.entries()) {
    const { name, arguments: json } = call
    items.push({
      id: `fc_${id}_${at}`,
      type: "function_call",
      call_id: call.id,
      name,
      arguments: json,
    })
  }
  return items.map((item) => ({ ...item, status: "completed" }))
}

function framesOf(item: Item, output_index: number, script: Script): Frame[] {
  const at = { item_id: item.id, output_index }
  const begun = { ...item, status: "in_progress" }
  const pieces = {
    reasoning: () => [
      {
        type: "response.reasoning_summary_part.added",
        ...at,
        summary_index: 0,
        part: { type: "summary_text", text: "" },
      },
      ...(script.reasoning ?? []).map((delta) => ({
        type: "response.reasoning_summary_text.delta",
        ...at,
        summary_index: 0,
        delta,
      })),
    ],
    message: () => [
      {
        type: "response.content_part.added",
        ...at,
        content_index: 0,
        part: { type: "output_text", text: "", annotations: [], logprobs: [] },
      },
      ...script.chunks.map((delta) => ({
        type: "response.output_text.delta",
        ...at,
        content_index: 0,
        delta,
        logprobs: [],
      })),
    ],
    function_call: () => [
      { type: "response.function_call_arguments.delta", ...at, delta: item.arguments },
    ],
  }
  const empty = {
    reasoning: { summary: [] },
    message: { content: [] },
    function_call: { arguments: "" },
  }
  const kind = item.type as keyof typeof pieces
  return [
    { type: "response.output_item.added", output_index, item: { ...begun, ...empty[kind] } },
    ...pieces[kind](),
    { type: "response.output_item.done", output_index, item },
  ]
}
