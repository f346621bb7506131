import type { Script } from "./script.ts"
import type { SeenRequest, Transcript } from "./simulate.ts"

const sseHeaders = { "content-type": "text/event-stream; charset=utf-8" }
const jsonHeaders = { "content-type": "application/json" }

export const usageOf = ({ usage, chunks }: Script) =>
  usage === undefined ? { input: 7, output: chunks.length } : usage

export const streamed = (script: Script, body: readonly Uint8Array[]): Transcript => ({
  headers: sseHeaders,
  body,
  ...(script.delayMs && { pauseMs: script.delayMs }),
})

export const whole = (body: unknown): Transcript => ({
  headers: jsonHeaders,
  body: JSON.stringify(body),
})

/** Frames are the same for every request of a model, so a bench encodes them once. */
function remembered<Value>(make: (model: string) => Value) {
  const made = new Map<string, Value>()
  return (model: string) => {
    const value = made.get(model) ?? make(model)
    made.set(model, value)
    return value
  }
}

const encoder = new TextEncoder()

/** Answers OpenAI chat completions; `/v1/models` lists one model. Honours `stream` and `stream_options`. */
export function scriptedOpenAi(script: Script) {
  const usage = usageOf(script)
  const wireUsage = usage && {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
  }
  const finish_reason = script.toolCalls ? "tool_calls" : "stop"
  const toolCalls = script.toolCalls?.map((call, index) => ({
    index,
    id: call.id,
    type: "function",
    function: { name: call.name, arguments: call.arguments },
  }))

  const images = (script.images ?? []).map(({ mime, data }) => ({
    type: "image_url",
    image_url: { url: `data:${mime};base64,${data}` },
  }))

  const frames = remembered((model) => {
    const frame = (fields: object) =>
      encoder.encode(
        `data: ${JSON.stringify({ id: "chatcmpl-scripted", object: "chat.completion.chunk", created: 1_763_000_000, model, ...fields })}\n\n`,
      )
    const delta = (delta: object, reason: string | null = null) =>
      frame({ choices: [{ index: 0, delta, finish_reason: reason }] })
    const [first, ...rest] = [
      ...(script.reasoning ?? []).map((text) => ({ reasoning_content: text })),
      ...script.chunks.map((content) => ({ content })),
      ...(toolCalls ?? []).map((call) => ({ tool_calls: [call] })),
      ...images.map((image) => ({ images: [image] })),
    ]
    return {
      body: [
        delta({ role: "assistant", ...first }),
        ...rest.map((piece) => delta(piece)),
        delta({}, finish_reason),
      ],
      usage: wireUsage && frame({ choices: [], usage: wireUsage }),
      done: encoder.encode("data: [DONE]\n\n"),
    }
  })

  return ({ path, body }: SeenRequest): Transcript => {
    if (path.endsWith("/models"))
      return whole({
        object: "list",
        data: [{ id: "scripted", object: "model", owned_by: "test" }],
      })
    if (body?.stream) {
      const { body: said, usage, done } = frames(body.model)
      const counted = usage && body.stream_options?.include_usage ? [usage] : []
      return streamed(script, [...said, ...counted, done])
    }
    const message = {
      role: "assistant",
      content: script.chunks.join("") || null,
      ...(script.reasoning && { reasoning_content: script.reasoning.join("") }),
      ...(toolCalls && { tool_calls: toolCalls.map(({ index: _, ...call }) => call) }),
      ...(images.length > 0 && { images }),
    }
    return whole({
      id: "chatcmpl-scripted",
      object: "chat.completion",
      created: 1_763_000_000,
      model: body?.model,
      choices: [{ index: 0, message, finish_reason }],
      ...(wireUsage && { usage: wireUsage }),
    })
  }
}

/** Answers Anthropic messages. Honours `stream`. */
export function scriptedAnthropic(script: Script) {
  const { input = 0, output = 0 } = usageOf(script) ?? {}
  const stop_reason = script.toolCalls ? "tool_use" : "end_turn"
  const blocks = [
    ...(script.reasoning
      ? [{ type: "thinking", thinking: script.reasoning.join(""), signature: "c2lnbmVk" }]
      : []),
    { type: "text", text: script.chunks.join("") },
    ...(script.toolCalls ?? []).map(({ id, name, arguments: json }) => ({
      type: "tool_use",
      id,
      name,
      input: JSON.parse(json),
    })),
  ]
  const message = (model: string) => ({
    id: "msg_scripted",
    type: "message",
    role: "assistant",
    model,
    stop_sequence: null,
  })

  const frames = remembered((model) => {
    const frame = (data: { type: string } & Record<string, unknown>) =>
      encoder.encode(`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`)
    const usage = { input_tokens: input, output_tokens: 1 }
    const block = (index: number, empty: object, deltas: object[]) => [
      frame({ type: "content_block_start", index, content_block: empty }),
      ...deltas.map((delta) => frame({ type: "content_block_delta", index, delta })),
      frame({ type: "content_block_stop", index }),
    ]
    return [
      frame({
        type: "message_start",
        message: { ...message(model), content: [], stop_reason: null, usage },
      }),
      ...blocks.flatMap((made, index) => {
        if (made.type === "thinking")
          return block(index, { type: "thinking", thinking: "", signature: "" }, [
            ...(script.reasoning ?? []).map((thinking) => ({ type: "thinking_delta", thinking })),
            { type: "signature_delta", signature: "c2lnbmVk" },
          ])
        if (made.type === "text")
          return block(
            index,
            { type: "text", text: "" },
            script.chunks.map((text) => ({ type: "text_delta", text })),
          )
        const { input, ...rest } = made as { type: string; input: unknown }
        return block(index, { ...rest, input: {} }, [
          { type: "input_json_delta", partial_json: JSON.stringify(input) },
        ])
      }),
      frame({
        type: "message_delta",
        delta: { stop_reason, stop_sequence: null },
        usage: { output_tokens: output },
      }),
      frame({ type: "message_stop" }),
    ]
  })

  return ({ body }: SeenRequest): Transcript =>
    body?.stream
      ? streamed(script, frames(body.model))
      : whole({
          ...message(body?.model),
          content: blocks,
          stop_reason,
          usage: { input_tokens: input, output_tokens: output },
        })
}

/** Answers Gemini's `generateContent` and `streamGenerateContent`, told apart by the path. */
export function scriptedGemini(script: Script) {
  const { input = 0, output = 0 } = usageOf(script) ?? {}
  const usageMetadata = {
    promptTokenCount: input,
    candidatesTokenCount: output,
    totalTokenCount: input + output,
  }
  const calls = (script.toolCalls ?? []).map(({ name, arguments: json }) => ({
    functionCall: { name, args: JSON.parse(json) },
  }))
  const thoughts = (script.reasoning ?? []).map((text) => ({ text, thought: true }))
  const answer = (parts: object[], finishReason?: string) => ({
    candidates: [
      { content: { parts, role: "model" }, index: 0, ...(finishReason && { finishReason }) },
    ],
    usageMetadata,
    modelVersion: "scripted",
  })
  const frame = (data: object) => encoder.encode(`data: ${JSON.stringify(data)}\r\n\r\n`)
  const images = (script.images ?? []).map(({ mime, data }) => ({
    inlineData: { mimeType: mime, data },
  }))
  const pieces = [...thoughts, ...script.chunks.map((text) => ({ text })), ...calls, ...images]
  const frames = [
    ...pieces.map((part) => frame(answer([part]))),
    frame(answer([{ text: "" }], "STOP")),
  ]

  return ({ path }: SeenRequest): Transcript =>
    path.includes(":streamGenerateContent")
      ? streamed(script, frames)
      : whole(answer([...thoughts, { text: script.chunks.join("") }, ...calls, ...images], "STOP"))
}
