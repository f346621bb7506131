import { checkAsked } from "../anthropic/mock.ts"
import { checkJson, checkRange, firstOf, invalid, unknownModel } from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import { scriptedAnthropic } from "../testing/scripted.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { encodeAwsMessage } from "../wire/aws-event-stream.ts"
import { type Json, record, records } from "../wire/json.ts"
import { signAws } from "../wire/sign/aws.ts"
import { framesOf } from "../wire/sse.ts"
import { scriptedConverse } from "./mock-converse.ts"

const accessKey = "AKIDMOCK"
const secretKey = "bedrock-mock-secret"
const region = "us-east-1"
const bearer = "ABSKmock"

export const mock: Mock = {
  channel: (url) => ({ baseUrl: url, key: `${accessKey}|${secretKey}|${region}` }),
  takes: [
    "POST /model/{id}/converse, converse-stream, invoke or invoke-with-response-stream",
    `signed with ${accessKey} and ${secretKey} for ${region}, or Bearer ${bearer}`,
  ],
  check: (seen) => checkSignature(seen) ?? checkRequest(seen),
  answer: (seen, script) =>
    seen.path.includes("/converse")
      ? scriptedConverse(script)(seen.path)
      : wrapped(seen, scriptedAnthropic(script)),
  refuse,
  breakOff: ({ kind, message }) =>
    encodeAwsMessage({
      headers: {
        ":exception-type": lowerFirst(words[kind][1]),
        ":content-type": "application/json",
        ":message-type": "exception",
      },
      payload: JSON.stringify({ message }),
    }),
}

/** Signs what arrived once more and compares. */
function checkSignature({ method, path, headers, text }: SeenRequest): Refusal | undefined {
  const given = headers.get("authorization") ?? ""
  const [, date = ""] = /^(\d{8}T\d{6}Z)$/.exec(headers.get("x-amz-date") ?? "") ?? []
  if (given === `Bearer ${bearer}`) return undefined
  const time = Date.parse(
    date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, "$1-$2-$3T$4:$5:$6Z"),
  )
  const wrong = "The request signature we calculated does not match the signature you provided."
  if (!(Math.abs(Date.now() - time) < signatureMsMax))
    return { kind: "unauthorized", message: wrong }
  const signed = {
    method: method as "GET" | "POST",
    url: `http://${headers.get("host")}${path}`,
    region,
    service: "bedrock",
    headers: { "content-type": headers.get("content-type") ?? "" },
    body: text,
  }
  const { authorization } = signAws(signed, { accessKey, secretKey }, time)
  return given === authorization ? undefined : { kind: "unauthorized", message: wrong }
}

/** A signature is good for so long. */
const signatureMsMax = 5 * 60_000

function checkRequest({ method, path, body }: SeenRequest): Refusal | undefined {
  const [, model, verb = ""] = /^\/model\/([^/]+)\/([\w-]+)$/.exec(path) ?? []
  if (method !== "POST" || !model || model.includes(unknownModel))
    return { kind: "model-missing", message: "The provided model identifier is invalid." }
  if (verb.startsWith("converse")) return checkJson(body) ?? checkConverse(body)
  if (!verb.startsWith("invoke")) return { kind: "model-missing", message: "UnknownOperation" }
  const extra = ["model", "stream"].find((field) => record(body)[field] !== undefined)
  return (
    checkJson(body) ??
    firstOf(
      extra ? invalid(`#: extraneous key [${extra}] is not permitted`) : undefined,
      body.anthropic_version === "bedrock-2023-05-31"
        ? undefined
        : invalid("#: required key [anthropic_version] not found"),
      checkAsked(body),
    )
  )
}

function checkConverse(body: Json): Refusal | undefined {
  const turns = records(body.messages)
  const blocks = turns.flatMap(({ content }) => records(content))
  const alternate = turns.every(({ role }, at) => role === (at % 2 === 0 ? "user" : "assistant"))
  const has = (kind: string) => blocks.some((block) => block[kind])
  return firstOf(
    turns.length === 0 ? invalid("A conversation must start with a user message.") : undefined,
    alternate
      ? undefined
      : invalid("A conversation must alternate between user and assistant roles."),
    blocks.some(({ text }) => text === "")
      ? invalid("The text field in the ContentBlock object is blank.")
      : undefined,
    (has("toolUse") || has("toolResult")) && !body.toolConfig
      ? invalid(
          "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
        )
      : undefined,
    checkRange(record(body.inferenceConfig), "temperature", 0, 1),
    checkRange(record(body.inferenceConfig), "maxTokens", 1, 1_000_000),
  )
}

/** Anthropic's events, each wrapped in a message. */
function wrapped(seen: SeenRequest, answer: (seen: SeenRequest) => Transcript): Transcript {
  const stream = seen.path.endsWith("-stream")
  const transcript = answer({ ...seen, body: { ...seen.body, model: "claude", stream } })
  if (!stream) return transcript
  const pieces = Array.isArray(transcript.body) ? transcript.body : []
  return {
    headers: { "content-type": "application/vnd.amazon.eventstream" },
    body: pieces.map((piece) => {
      const [{ data } = { data: "" }] = framesOf(Buffer.from(piece).toString())
      return encodeAwsMessage({
        headers: {
          ":event-type": "chunk",
          ":content-type": "application/json",
          ":message-type": "event",
        },
        payload: JSON.stringify({ bytes: Buffer.from(data).toString("base64"), p: "abcd" }),
      })
    }),
  }
}

const words: Record<RefusalKind, readonly [number, string]> = {
  invalid: [400, "ValidationException"],
  unauthorized: [403, "InvalidSignatureException"],
  quota: [429, "ThrottlingException"],
  "content-filter": [400, "ValidationException"],
  "model-missing": [404, "ResourceNotFoundException"],
  "rate-limited": [429, "ThrottlingException"],
  overloaded: [503, "ServiceUnavailableException"],
}

const lowerFirst = (word: string) => word.charAt(0).toLowerCase() + word.slice(1)

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html */
function refuse({ kind, message }: Refusal): Transcript {
  const [status, type] = words[kind]
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": `${type}:http://internal/` },
    body: JSON.stringify({ message: kind === "quota" ? "Too many tokens per day" : message }),
  }
}
