import type { Script } from "../testing/script.ts"
import type { Transcript } from "../testing/simulate.ts"
import { encodeAwsMessage } from "../wire/aws-event-stream.ts"

const signature = "c2lnbmVk"

/** Answers Converse and ConverseStream, told apart by the path. */
export function scriptedConverse(script: Script) {
  const { input, output } = script.usage ?? { input: 7, output: script.chunks.length }
  const usage = { inputTokens: input, outputTokens: output, totalTokens: input + output }
  const stopReason = script.toolCalls ? "tool_use" : "end_turn"
  const calls = script.toolCalls ?? []

  function whole(): Transcript {
    const content = [
      ...(script.reasoning
        ? [{ reasoningContent: { reasoningText: { text: script.reasoning.join(""), signature } } }]
        : []),
      { text: script.chunks.join("") },
      ...calls.map(({ id, name, arguments: args }) => ({
        toolUse: { toolUseId: id, name, input: JSON.parse(args) },
      })),
    ]
    return {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        output: { message: { role: "assistant", content } },
        stopReason,
        usage,
        metrics: { latencyMs: 1 },
      }),
    }
  }

  function streamed(): Transcript {
    const deltas = (contentBlockIndex: number, pieces: object[], start?: object) => [
      ...(start ? [message("contentBlockStart", { contentBlockIndex, start })] : []),
      ...pieces.map((delta) => message("contentBlockDelta", { contentBlockIndex, delta })),
      message("contentBlockStop", { contentBlockIndex }),
    ]
    const thoughts = [
      ...(script.reasoning ?? []).map((text) => ({ reasoningContent: { text } })),
      { reasoningContent: { signature } },
    ]
    return {
      headers: { "content-type": "application/vnd.amazon.eventstream" },
      body: [
        message("messageStart", { role: "assistant" }),
        ...(script.reasoning ? deltas(0, thoughts) : []),
        ...deltas(
          1,
          script.chunks.map((text) => ({ text })),
        ),
        ...calls.flatMap(({ id, name, arguments: input }, index) =>
          deltas(2 + index, input === "{}" ? [] : [{ toolUse: { input } }], {
            toolUse: { toolUseId: id, name },
          }),
        ),
        message("messageStop", { stopReason }),
        message("metadata", { usage, metrics: { latencyMs: 1 } }),
      ],
    }
  }

  return (path: string) => (path.endsWith("-stream") ? streamed() : whole())
}

const message = (type: string, fields: object) =>
  encodeAwsMessage({
    headers: {
      ":event-type": type,
      ":content-type": "application/json",
      ":message-type": "event",
    },
    payload: JSON.stringify({ ...fields, p: "abcdefgh" }),
  })
