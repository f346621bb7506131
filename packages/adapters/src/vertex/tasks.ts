import { judge } from "../gemini/errors.ts"
import { imagenBody, imagenPictures } from "../gemini/imagen.ts"
import type { TaskRequest, Tasks, Upstream } from "../spec/index.ts"
import { taskOf } from "../wire/ask-task.ts"
import { each } from "../wire/each.ts"
import { getJson } from "../wire/get-json.ts"
import { count, record, records } from "../wire/json.ts"
import { taskResult } from "../wire/task-answer.ts"
import { fieldsOf, textsOf, vectorsTold } from "../wire/vectors.ts"

export type Place = { root: string; headers: Record<string, string> }

const addressOf = ({ root }: Place, { model }: TaskRequest) =>
  `${root}/publishers/google/models/${encodeURIComponent(model)}:predict`

/** One text a request: some models take no more. @see https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api */
async function embeddings(place: Place, request: TaskRequest, upstream: Upstream) {
  const { dimensions, task_type } = fieldsOf(request)
  const answers = await each(textsOf(request), async (content) => {
    const body = {
      instances: [{ content, task_type }],
      parameters: { outputDimensionality: dimensions ?? undefined },
    }
    const asked = {
      url: addressOf(place, request),
      headers: place.headers,
      body: JSON.stringify(body),
    }
    const [made] = records(record(await getJson({ judge }, asked, upstream)).predictions)
    return record(made?.embeddings)
  })
  const tokensOf = ({ statistics }: (typeof answers)[number]) =>
    count(record(statistics).token_count) ?? 0
  const tokens = answers.reduce((sum, answer) => sum + tokensOf(answer), 0)
  const vectors = answers.map(({ values }) => values)
  const told = vectorsTold(vectors, request, tokens)
  return taskResult(told.body ?? {}, told.usage)
}

const pictures = (place: Place, request: TaskRequest, upstream: Upstream) =>
  taskOf({
    buildRequest: () => ({
      url: addressOf(place, request),
      headers: place.headers,
      body: JSON.stringify(imagenBody(request)),
    }),
    readDocument: imagenPictures,
    judge,
  })(request, upstream)

/** @param within goes to the place the channel's key opens */
export const tasksWithin = (
  within: <Result>(
    upstream: Upstream,
    work: (place: Place, inside: Upstream) => Promise<Result>,
  ) => Promise<Result>,
  drawn: Tasks["image-generation"],
): Tasks => ({
  embeddings: (request, upstream) =>
    within(upstream, (place, inside) => embeddings(place, request, inside)),
  "image-generation": (request, upstream) =>
    /imagen/.test(request.model) || !drawn
      ? within(upstream, (place, inside) => pictures(place, request, inside))
      : drawn(request, upstream),
})
