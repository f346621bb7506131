import { expect } from "bun:test"
import { providers, type TaskBody, UpstreamError, type Usage } from "@nio/adapters"
import type { SimulatedUpstream } from "@nio/adapters/testing"
import { key, upstreamFor } from "./ask.ts"
import { expectedErrors } from "./errors.ts"
import { failureIn } from "./expected.ts"
import type { Plan } from "./plan.ts"
import type { Recording } from "./recordings.ts"

type TaskPlan = Extract<Plan, { as: "task" }>

/** Replays other work than a chat, and compares its result with what the recording says. */
export async function checkTask(
  recording: Recording,
  plan: TaskPlan,
  upstream: SimulatedUpstream,
): Promise<void> {
  const { status, headers, body: sent, name } = recording
  for (const cutBytes of [1_000, undefined]) {
    upstream.answerWith({ status, headers, body: sent, ...(cutBytes && { cutBytes }) })
    const { bytes, usage, error } = await perform(recording, plan, upstream.url)
    expect(error?.kind).toBe(expectedErrors[name])
    if (error && status !== 200) {
      expect(error.message).toStartWith(failureIn(recording)!)
      expect(error.status).toBe(status)
    }
    checkRequest(recording, plan, upstream.requests.pop()!)
    if (error) continue
    const { document, counted } = resultOf(recording, plan)
    if (document) expect(JSON.parse(bytes.toString())).toMatchObject(document)
    else expect(bytes.equals(sent)).toBe(true)
    expect(usage).toEqual(counted)
  }
}

async function perform(recording: Recording, plan: TaskPlan, url: string) {
  const { kind, provider, model = "mapped" } = plan
  const pieces: Uint8Array[] = []
  let usage: Usage | undefined
  let error: UpstreamError | undefined
  try {
    const task = providers.get(provider)!.tasks![kind]!
    const body = askedOf(recording, plan)
    const answer = await task({ kind, model, body }, upstreamFor(plan, url))
    for (let batch = await answer.next(); batch; batch = await answer.next()) {
      pieces.push(batch.bytes)
      usage = batch.signs.usage ?? usage
    }
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause
    error = cause
  }
  return { bytes: Buffer.concat(pieces), usage, error }
}

/** What a caller said for whom the recorded request was made: OpenAI's words for it. */
function askedOf({ request, folder }: Recording, { kind }: TaskPlan): TaskBody {
  if (kind === "transcription") {
    const form = new FormData()
    form.append("model", "asked")
    form.append("file", new Blob([new Uint8Array(10)]), "a.mp3")
    return { type: "form", form }
  }
  const sent = request ? JSON.parse(request) : { prompt: "a cat" }
  const fields = { model: "asked", ...inOpenAisWords(folder, kind, sent) }
  return { type: "json", text: JSON.stringify(fields), fields }
}

function inOpenAisWords(folder: string, kind: TaskPlan["kind"], { model: _, ...sent }: any) {
  if (folder === "voyage" && kind === "rerank") {
    const { top_k, ...rest } = sent
    return { ...rest, top_n: top_k }
  }
  if (folder === "cohere" && kind === "embeddings") {
    const { texts, output_dimension, input_type } = sent
    return { input: texts, dimensions: output_dimension, input_type }
  }
  if (folder === "gemini")
    return {
      input: sent.requests.map(({ content }: any) => content.parts[0].text),
      task_type: sent.requests[0].taskType,
    }
  return sent
}

/** Up went what was recorded, with the channel's name of the model in it. Pictures are not embedded here. */
function checkRequest(
  { endpoint, request, features }: Recording,
  { kind, model: called = "mapped" }: TaskPlan,
  seen: SimulatedUpstream["requests"][number],
) {
  expect(decodeURI(seen.path.split("?")[0]!)).toBe(
    endpoint
      .replace(/^\/\//, "/")
      .split("?")[0]!
      .replace(/deployments\/[^/]+/, "deployments/mapped")
      .replace(/models\/[^:/]+:/, `models/${called}:`),
  )
  const { headers } = seen
  const secret = headers.get("authorization") ?? headers.get("api-key")
  expect((secret ?? headers.get("x-goog-api-key"))?.replace("Bearer ", "")).toBe(key)
  if (!request || (kind === "embeddings" && features.includes("vision"))) return
  const { model: _, ...sent } = JSON.parse(request.replace(/"models\/[\w.-]+"/g, '"models/mapped"'))
  const { model, ...received } = seen.body
  for (const [name, value] of Object.entries(sent))
    if (value === null) expect(received[name] ?? null).toBeNull()
    else expect(received[name]).toEqual(value)
  if (!endpoint.includes(":batch")) expect(model).toBe(called)
}

type Expected = { document?: object; counted: Usage | undefined }

/** Without `document` the answer is the recording, byte for byte. */
function resultOf({ body, folder, stream }: Recording, { kind }: TaskPlan): Expected {
  const text = new TextDecoder().decode(body)
  if (stream) {
    const frames = text.split(/\r?\n/).filter((line) => line.startsWith("data: {"))
    return { counted: countedBy(JSON.parse(frames.at(-1)!.slice(5)).usage) }
  }
  const answer = JSON.parse(text)
  if (kind === "embeddings" && folder === "cohere")
    return {
      document: { data: answer.embeddings.float.map((embedding: unknown) => ({ embedding })) },
      counted: { input: answer.meta.billed_units.input_tokens, output: 0 },
    }
  if (kind === "embeddings" && folder === "gemini")
    return {
      document: { data: answer.embeddings.map(({ values }: any) => ({ embedding: values })) },
      counted: { input: answer.usageMetadata.promptTokenCount, output: 0 },
    }
  if (kind === "rerank" && folder === "voyage")
    return { document: { results: answer.data }, counted: countedBy(answer.usage) }
  const counted = countedBy(answer.usage)
  if (counted && typeof answer.duration === "number")
    return { counted: { ...counted, mediaMs: Math.ceil(answer.duration * 1_000) } }
  if (!kind.startsWith("image-")) return { counted }
  return { counted: { input: 0, output: 0, ...counted, images: answer.data.length } }
}

function countedBy(usage: any): Usage | undefined {
  const input = usage?.prompt_tokens ?? usage?.input_tokens ?? usage?.total_tokens
  if (input === undefined) return undefined
  const details = usage.input_token_details ?? usage.input_tokens_details ?? {}
  return {
    input,
    output: usage.output_tokens ?? usage.completion_tokens ?? 0,
    ...(details.audio_tokens !== undefined && { audioInput: details.audio_tokens }),
    ...(details.cached_tokens !== undefined && { cachedInput: details.cached_tokens }),
  }
}

/** Replays a list of models, or a count of tokens. */
export async function checkList(
  { headers, body, request }: Recording,
  plan: Extract<Plan, { as: "models" | "count" }>,
  upstream: SimulatedUpstream,
): Promise<void> {
  upstream.answerWith({ headers, body })
  const provider = providers.get(plan.provider)!
  const way = upstreamFor(plan, upstream.url)
  const answer = JSON.parse(new TextDecoder().decode(body))
  if (plan.as === "models") {
    const names = await provider.listModels!(way)
    return expect(names).toEqual(answer.data.map(({ id }: any) => id))
  }
  const native = { dialect: provider.dialect!, text: request!, body: JSON.parse(request!) }
  const counted = await provider.countTokens!(native, "mapped", way)
  expect(counted).toBe(answer.input_tokens ?? answer.totalTokens)
}
