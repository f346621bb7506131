import { type AwsMessage, createAwsMessageReader } from "../wire/aws-event-stream.ts"
import { parseJson, record, text } from "../wire/json.ts"
import type { Framing } from "../wire/protocol.ts"
import { asEvent } from "../wire/reframe.ts"
import { splice } from "../wire/splice.ts"

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export const converseFraming = framingOf(({ headers, payload }) =>
  asEvent(payload, headers[":event-type"]),
)

/** The model's own events, wrapped; out of their wrapping they are Anthropic's stream. */
export const invokeFraming = framingOf(({ payload }) => {
  const bytes = text(record(parseJson(payload)).bytes) ?? ""
  const json = Buffer.from(bytes, "base64").toString()
  const event = parseJson(json)
  if (event === undefined) return asEvent(json)
  const ours = record(event)[metrics] ? splice(json, new Map([[metrics, undefined]])) : json
  return asEvent(ours, text(record(event).type))
})

/** Names the upstream, and tells nothing that the usage does not. */
const metrics = "amazon-bedrock-invocationMetrics"

function framingOf(eventOf: (message: AwsMessage) => string): Framing {
  return {
    type: /^application\/vnd\.amazon\.eventstream\b/i,
    begin() {
      const read = createAwsMessageReader()
      return {
        take: (bytes) =>
          read(bytes)
            .map((message) =>
              message.headers[":message-type"] === "event" ? eventOf(message) : failure(message),
            )
            .join(""),
        rest: () => "",
      }
    },
  }
}

/** An exception has a name of its own and a message; an error has both in its headers. */
function failure({ headers, payload }: AwsMessage) {
  const code = headers[":exception-type"] ?? headers[":error-code"]
  const message = text(record(parseJson(payload)).message) ?? headers[":error-message"] ?? payload
  return asEvent(JSON.stringify({ type: "error", error: { code, message } }), "error")
}
