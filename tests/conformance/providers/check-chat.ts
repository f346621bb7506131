import { expect } from "bun:test"
import type { SimulatedUpstream } from "@nio/adapters/testing"
import { lastSigns } from "./answer.ts"
import { ask, type ChatPlan, key } from "./ask.ts"
import { expectedErrors } from "./errors.ts"
import { expectedOf, failureIn } from "./expected.ts"
import type { Recording } from "./recordings.ts"

/** Replays a chat and compares all that is told with what the recording says. */
export async function checkChat(
  recording: Recording,
  plan: ChatPlan,
  upstream: SimulatedUpstream,
  cutBytes?: number,
) {
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
    const told = await ask(recording, plan, upstream.url, {
      reading,
      ...(cutBytes && { cutBytes }),
    })
    checkOutcome(recording, plan, told)
    checkBytes(recording, plan, told)
    checkRequest(recording, plan, upstream.requests.pop()!)
  }
}

/** For providers that want their key exchanged first. */
const givenToken = { body: JSON.stringify({ access_token: "token" }) }

/** The kernel joins small pieces anyway, and each costs a turn of the loop: the reader cuts again. */
const onSocket = (body: Uint8Array, cutBytes: number) =>
  Math.max(cutBytes, Math.ceil(body.length / 200))

type Told = Awaited<ReturnType<typeof ask>>

function checkOutcome(recording: Recording, { walk }: ChatPlan, { outcome, signs, error }: Told) {
  const { name, status } = recording
  expect(outcome.error).toBe(expectedErrors[name])
  if (error) {
    expect(error.message).toStartWith(failureIn(recording)!)
    expect(error.status).toBe(status === 200 ? undefined : status)
  }
  if (status !== 200) return
  const expected = expectedOf(recording, walk)
  expect(withoutMadeUpIds(outcome.choices, expected.choices)).toEqual(expected.choices)

  checkFeatures(recording, outcome)

  const seen = lastSigns(signs)
  if (!error) {
    expect(outcome.usage).toEqual(expected.usage)
    expect(seen.usage).toEqual(expected.usage)
  }
  const finishes = Object.values(expected.choices).map(({ finish }) => finish)
  if (!error && finishes.some(Boolean)) expect(seen.finish).toBeDefined()
  if (seen.finish) expect(finishes).toContain(seen.finish)
}

/** What the catalogue says about the recording, as a second witness. */
function checkFeatures({ features, body }: Recording, { choices, usage }: Told["outcome"]) {
  const told = Object.values(choices)
  const text = new TextDecoder().decode(body)
  const has = (feature: string) => features.includes(feature)
  if (has("tool_call") || has("legacy_function_call"))
    expect(told.some(({ calls }) => calls.length > 0)).toBe(true)
  // Calls of a server's own tools are its own.
  if (has("parallel_tool_calls") && !has("server_tool"))
    expect(told.flatMap(({ calls }) => calls).length).toBeGreaterThan(1)
  if (has("n>1") && /"index": ?1/.test(text)) expect(told.length).toBeGreaterThan(1)
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
  { body: sent, status, endpoint }: Recording,
  { dialect }: ChatPlan,
  { bytes: told, error, stream }: Told,
) {
  if (status !== 200 || !dialect) return
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
function checkRequest(
  recording: Recording,
  { dialect, model: called = "mapped" }: ChatPlan,
  seen: SimulatedUpstream["requests"][number],
) {
  if (!dialect) return
  expect(seen.path.split("?")[0]).toBe(pathOf(recording))
  const secret = ["authorization", "x-api-key", "api-key", "x-goog-api-key"]
    .map((name) => seen.headers.get(name))
    .find(Boolean)
  expect(secret?.replace("Bearer ", "")).toBe(key)
  if (!recording.request) return
  const { model: _, stream_options: __, ...sent } = JSON.parse(recording.request)
  const { model, stream_options, ...received } = seen.body
  expect(received).toEqual(sent)
  if (dialect === "gemini") return
  expect(model).toBe(called)
  const counted = !["mistral", "perplexity"].includes(recording.folder)
  if (sent.stream && counted && ["openai", "completions"].includes(dialect))
    expect(stream_options.include_usage).toBe(true)
}

/** As recorded, but for what a channel says otherwise; characters that an address must not hold are escaped. */
const pathOf = ({ endpoint, folder }: Recording) =>
  new URL(
    endpoint
      .split("?")[0]!
      .replace(/^\/(chat|responses)/, folder === "perplexity" ? "/$1" : "/v1/$1")
      .replace(/deployments\/[^/]+/, "deployments/mapped")
      .replace(/models\/[^:/]+:/, "models/mapped:"),
    "http://unused",
  ).pathname
