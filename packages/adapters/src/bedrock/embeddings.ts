import type { TaskRequest, Upstream } from "../spec/index.ts"
import { each } from "../wire/each.ts"
import { getJson } from "../wire/get-json.ts"
import { count, record } from "../wire/json.ts"
import { taskResult } from "../wire/task-answer.ts"
import { fieldsOf, textsOf, vectorsTold } from "../wire/vectors.ts"
import { judge } from "./errors.ts"
import { invocation } from "./invocation.ts"

/** Titan takes one text at a time, Cohere all of them. @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html */
export async function embeddings(request: TaskRequest, upstream: Upstream) {
  const ask = async (body: object) =>
    record(await getJson({ judge }, invocation(request.model, body, upstream), upstream))
  const told = request.model.includes("cohere.")
    ? await byCohere(request, ask)
    : await byTitan(request, ask)
  return taskResult(told.body ?? {}, told.usage)
}

type Ask = (body: object) => Promise<ReturnType<typeof record>>

async function byCohere(request: TaskRequest, ask: Ask) {
  const { input_type, dimensions } = fieldsOf(request)
  const answer = await ask({
    texts: textsOf(request),
    input_type: input_type ?? "search_document",
    embedding_types: ["float"],
    output_dimension: dimensions ?? undefined,
  })
  const vectors = record(answer.embeddings).float ?? answer.embeddings
  return vectorsTold(Array.isArray(vectors) ? vectors : [], request, undefined)
}

async function byTitan(request: TaskRequest, ask: Ask) {
  const { dimensions } = fieldsOf(request)
  const answers = await each(textsOf(request), (inputText) =>
    ask({ inputText, dimensions: dimensions ?? undefined }),
  )
  const tokens = answers.reduce((sum, answer) => sum + (count(answer.inputTextTokenCount) ?? 0), 0)
  return vectorsTold(
    answers.map(({ embedding }) => embedding),
    request,
    tokens,
  )
}
