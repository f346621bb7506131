import type { TaskRequest } from "../spec/index.ts"
import { taskOf } from "../wire/ask-task.ts"
import { fieldsOf, sizeOf } from "../wire/vectors.ts"
import { judge } from "./errors.ts"
import { invocation } from "./invocation.ts"

/** Amazon's own and Stability's. @see https://docs.aws.amazon.com/nova/latest/userguide/image-gen-req-resp-structure.html */
export const pictures = taskOf({
  buildRequest: (request, upstream) =>
    invocation(
      request.model,
      request.model.includes("stability.") ? forStability(request) : forAmazon(request),
      upstream,
    ),
  readDocument({ images }) {
    const made = Array.isArray(images) ? images : []
    const created = Math.floor(Date.now() / 1_000)
    return {
      body: { created, data: made.map((b64_json) => ({ b64_json })) },
      usage: { input: 0, output: 0, images: made.length },
    }
  },
  judge,
})

const forStability = (request: TaskRequest) => {
  const { prompt, negative_prompt, seed, aspect_ratio } = fieldsOf(request)
  return { prompt, negative_prompt, seed, aspect_ratio, output_format: "png" }
}

const forAmazon = (request: TaskRequest) => {
  const { prompt, n, seed, quality } = fieldsOf(request)
  return {
    taskType: "TEXT_IMAGE",
    textToImageParams: { text: prompt },
    imageGenerationConfig: {
      numberOfImages: n ?? 1,
      ...sizeOf(request),
      seed,
      quality: quality === "hd" || quality === "high" ? "premium" : undefined,
    },
  }
}
