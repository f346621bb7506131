import type { TaskKind } from "@nio/adapters"
import { z } from "zod"
import { modelName } from "../../../contract/index.ts"

/** As OpenAI's own. */
const inputsMax = 2_048
const picturesMax = 10
const documentsMax = 10_000

const model = modelName
const words = z.string().min(1)
const file = z.instanceof(Blob, { message: "a file is expected" })
const anything = z.unknown()

/** Some take pictures beside texts: what a part is, is the upstream's to judge. */
const parts = z.array(z.union([words, z.record(z.string(), anything)])).min(1)
const token = z.int().min(0)
const tokens = z.array(token).min(1)

const picture = {
  model,
  n: z.int().min(1).max(picturesMax).nullish(),
  response_format: z.enum(["url", "b64_json"]).nullish(),
  stream: z.boolean().nullish(),
}

type Schema = z.ZodType<{ model: string }>

/**
 * What we look at ourselves in a request for other work than chat. Everything else is the
 * upstream's to judge.
 *
 * @see https://platform.openai.com/docs/api-reference
 */
export const schemas: Partial<Record<TaskKind, Schema>> = {
  embeddings: z.object({
    model,
    input: z.union([words, parts.max(inputsMax), tokens, z.array(tokens).min(1).max(inputsMax)]),
    encoding_format: z.enum(["float", "base64"]).nullish(),
    dimensions: z.int().min(1).nullish(),
  }),
  "image-generation": z.object({ ...picture, prompt: words }),
  // Newer models take addresses of pictures, and then no form.
  "image-edit": z.object({ ...picture, prompt: words }),
  speech: z.object({ model, input: words }),
  moderation: z.object({ model, input: z.union([words, parts]) }),
  rerank: z.object({
    model,
    query: z.union([words, z.record(z.string(), anything)]),
    documents: parts.max(documentsMax),
    top_n: z.int().min(1).nullish(),
  }),
}

const pictureForm = {
  model,
  n: z.coerce.number().int().min(1).max(picturesMax).optional(),
  response_format: z.enum(["url", "b64_json"]).optional(),
}

/** The same for forms, whose fields are texts and files. */
export const formSchemas: Partial<Record<TaskKind, Schema>> = {
  "image-edit": z.object({ ...pictureForm, prompt: words }),
  "image-variation": z.object({ ...pictureForm, image: file }),
  transcription: z.object({ model, file }),
  translation: z.object({ model, file }),
}
