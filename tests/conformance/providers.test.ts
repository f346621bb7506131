import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type SimulatedUpstream, simulate } from "@nio/adapters/testing"
import { lastSigns } from "./providers/answer.ts"
import { ask, isOwnProtocol, key } from "./providers/ask.ts"
import { expectedErrors } from "./providers/errors.ts"
import { expectedOf, failureIn } from "./providers/expected.ts"
import { type Recording, readRecordings } from "./providers/recordings.ts"

/** Cases that cannot pass, with the reason. They run too: one that passes again fails here. */
const cannotPass: Record<string, string> = {
  "alibaba/dashscope-aigc-stream-text":
    "recorded without incremental_output, which is always asked for here",
  "alibaba/dashscope-aigc-stream-text-5": "only the first frame of an answer was recorded",
  "bedrock/invoke-stream-basic": "Titan is asked through Converse here",
  "bedrock/invoke-tool-call-cached": "gpt-oss is asked through Converse here",
  "cohere/chat-stream-text-2": "recorded with the first version, which is not spoken here",
}

const cuts = [1, 3, 1_000, undefined]

const recordings = await readRecordings()
if (!recordings)
  test.skip("provider recordings are absent (FIXTURES_DIR): nothing is replayed", () => undefined)
else describe("every recorded chat, replayed over a socket", () => replay(recordings))

function replay({ chats, others }: { chats: Recording[]; others: number }) {
  let upstream: SimulatedUpstream
  let passed = 0

  beforeAll(async () => {
    upstream = await simulate({})
  })
  afterAll(async () => {
    await upstream.close()
    console.log(
      `${passed} of ${chats.length} recorded chats pass at every cut; ` +
        `${Object.keys(cannotPass).length} listed as unable to; ${others} recordings are not chats.`,
    )
  })

  for (const recording of chats) {
    const reason = cannotPass[recording.name]
    const run = reason ? test.failing : test
    run(reason ? `${recording.name} (cannot pass: ${reason})` : recording.name, async () => {
      for (const cutBytes of cuts) await check(recording, upstream, cutBytes)
      passed += 1
    })
  }
}

async function check(recording: Recording, upstream: SimulatedUpstream, cutBytes?: number) {
  const { status, headers, body } = recording
  const transcript = {
    status,
    headers,
    body,
    ...(cutBytes && { cutBytes: onSocket(body, cutBytes) }),
  }
  upstream.answerWith(({ path }) => (path.startsWith("/oauth/") ? givenToken : transcript))

  const readings =
    body.length < 64_000 || cutBytes !== 1 ? (["at once", "late"] as const) : (["late"] as const)
  for (const reading of readings) {
    const told = await ask(recording, upstream.url, { reading, ...(cutBytes && { cutBytes }) })
    checkOutcome(recording, told)
    checkBytes(recording, told)
    checkRequest(recording, upstream.requests.pop()!)
  }
}

/** For providers that want their key exchanged first. */
const givenToken = { body: JSON.stringify({ access_token: "token" }) }

/** The kernel joins small pieces anyway, and each costs a turn of the loop: the reader cuts again. */
const onSocket = (body: Uint8Array, cutBytes: number) =>
  Math.max(cutBytes, Math.ceil(body.length / 200))

type Told = Awaited<ReturnType<typeof ask>>

function checkOutcome(recording: Recording, { outcome, signs, error }: Told) {
  const { name, status } = recording
  expect(outcome.error).toBe(expectedErrors[name])
  if (error) {
    expect(error.message).toStartWith(failureIn(recording)!)
    expect(error.status).toBe(status === 200 ? undefined : status)
  }
  if (status !== 200) return
  const expected = expectedOf(recording)
  expect(withoutMadeUpIds(outcome.choices, expected.choices)).toEqual(expected.choices)

  checkFeatures(recording, outcome)

  const seen = lastSigns(signs)
  const finishes = Object.values(expected.choices).map(({ finish }) => finish)
  if (!error) {
    expect(outcome.usage).toEqual(expected.usage)
    expect(seen.usage).toEqual(expected.usage)
    expect(seen.finish !== undefined).toBe(finishes.some(Boolean))
  }
  if (seen.finish) expect(finishes).toContain(seen.finish)
}

/** What the catalogue says about the recording, as a second witness. */
function checkFeatures({ features }: Recording, { choices, usage }: Told["outcome"]) {
  const told = Object.values(choices)
  const has = (feature: string) => features.includes(feature)
  if (has("tool_call") || has("legacy_function_call"))
    expect(told.some(({ calls }) => calls.length > 0)).toBe(true)
  // Calls the server answers itself are not told.
  if (has("parallel_tool_calls") && !has("server_tool"))
    expect(told.flatMap(({ calls }) => calls).length).toBeGreaterThan(1)
  if (has("n>1")) expect(told.length).toBeGreaterThan(1)
  if (has("refusal")) expect(told.some(({ refusal }) => refusal !== "")).toBe(true)
  if (has("reasoning") && !has("error_in_stream"))
    expect(told.some(({ reasoning }) => reasoning !== "") || usage?.reasoning !== undefined).toBe(
      true,
    )
  if (has("image_out")) expect(told.some(({ images }) => images > 0)).toBe(true)
  if (has("usage") && !has("error_in_stream")) expect(usage?.input).toBeGreaterThan(0)
  if (has("cached_tokens")) expect(usage?.cachedInput ?? 0).toBeGreaterThanOrEqual(0)
}

/** Where the upstream gave a call no id, ours only has to be there. */
function withoutMadeUpIds(choices: Told["outcome"]["choices"], expected: typeof choices) {
  for (const [choice, { calls }] of Object.entries(choices))
    for (const [index, call] of calls.entries()) {
      if (expected[Number(choice)]?.calls[index]?.id !== undefined) continue
      expect(call.id).toMatch(/^call_/)
      call.id = undefined as never
    }
  return choices
}

/** Same dialect out as in: not a byte may differ, up to a failure. */
function checkBytes(
  { body: sent, status, endpoint, headers }: Recording,
  { bytes: told, error, stream }: Told,
) {
  if (status !== 200 || /ndjson|eventstream/.test(headers["content-type"] ?? "")) return
  const [body, bytes] = endpoint.endsWith("/responses")
    ? [sent, told].map(withoutDone)
    : [sent, told]
  if (!error) return expect(bytes.equals(body)).toBe(true)
  expect(stream || bytes.length === 0).toBe(true)
  expect(bytes.equals(body.subarray(0, bytes.length))).toBe(true)
}

/** Responses end with an event of their own: one server sends the mark of chat completions after it. */
function withoutDone(bytes: Uint8Array) {
  const buffer = Buffer.from(bytes)
  const at = buffer.lastIndexOf("data: [DONE]")
  return at < 0 ? buffer : buffer.subarray(0, at)
}

/** The caller's own request, with the channel's name of the model in it and the usage asked for. */
function checkRequest(recording: Recording, seen: SimulatedUpstream["requests"][number]) {
  if (isOwnProtocol(recording)) return
  expect(decodeURI(seen.path.split("?")[0]!)).toBe(
    recording.endpoint
      .split("?")[0]!
      .replace(/^\/(chat|responses)/, recording.folder === "perplexity" ? "/$1" : "/v1/$1")
      .replace(/deployments\/[^/]+/, "deployments/mapped")
      .replace(/models\/[^:/]+:/, "models/mapped:"),
  )
  const secret = ["authorization", "x-api-key", "api-key", "x-goog-api-key"]
    .map((name) => seen.headers.get(name))
    .find(Boolean)
  expect(secret?.replace("Bearer ", "")).toBe(key)
  if (!recording.request) return
  const { model: _, stream_options: __, ...sent } = JSON.parse(recording.request)
  const { model, stream_options, ...received } = seen.body
  expect(received).toEqual(sent)
  if (/gemini|vertex/.test(recording.folder)) return
  expect(model).toBe("mapped")
  if (
    sent.stream &&
    !["anthropic", "mistral", "perplexity"].includes(recording.folder) &&
    !/messages|responses/.test(recording.endpoint)
  )
    expect(stream_options.include_usage).toBe(true)
}
