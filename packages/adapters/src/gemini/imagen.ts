import type { TaskRequest } from "../spec/index.ts"
import { UpstreamError } from "../spec/index.ts"
import { type Json, records, text } from "../wire/json.ts"
import type { TaskResult } from "../wire/task-protocol.ts"
import { fieldsOf, sizeOf } from "../wire/vectors.ts"

/** What Imagen is asked, on whichever of Google's services. @see https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api */
export const imagenBody = (request: TaskRequest) => ({
  instances: [{ prompt: fieldsOf(request).prompt }],
  parameters: {
    sampleCount: fieldsOf(request).n ?? 1,
    aspectRatio: ratioOf(request),
    personGeneration: "allow_adult",
  },
})

const ratios = { "1:1": 1, "3:4": 3 / 4, "4:3": 4 / 3, "9:16": 9 / 16, "16:9": 16 / 9 }

/** The nearest of those there are. */
function ratioOf(request: TaskRequest): string {
  const { width, height } = sizeOf(request) ?? { width: 1, height: 1 }
  const wanted = Math.log(width / height)
  const away = ([, ratio]: [string, number]) => Math.abs(Math.log(ratio) - wanted)
  const [nearest] = Object.entries(ratios).sort((one, other) => away(one) - away(other))
  return nearest![0]
}

/** @throws UpstreamError `content-filter` when everything was held back */
export function imagenPictures(document: Json): TaskResult {
  const predictions = records(document.predictions)
  const data = predictions.flatMap(({ bytesBase64Encoded }) =>
    text(bytesBase64Encoded) ? [{ b64_json: bytesBase64Encoded }] : [],
  )
  if (data.length === 0) {
    const why = predictions.map(({ raiFilteredReason }) => text(raiFilteredReason)).find(Boolean)
    throw new UpstreamError("content-filter", why ?? "Every picture was held back.", {
      status: 400,
      code: "content_policy_violation",
    })
  }
  const created = Math.floor(Date.now() / 1_000)
  return { body: { created, data }, usage: { input: 0, output: 0, images: data.length } }
}
