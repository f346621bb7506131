import type { TaskRequest, Usage } from "../spec/index.ts"
import { text } from "./json.ts"
import type { TaskResult } from "./task-protocol.ts"
import { unsupported } from "./unsupported.ts"

/** The caller's own fields; none of a form. */
export const fieldsOf = ({ body }: TaskRequest): Readonly<Record<string, unknown>> =>
  body.type === "json" ? body.fields : {}

/** The texts to make vectors of. @throws UpstreamError for tokens, which mean something to OpenAI's models alone */
export function textsOf(request: TaskRequest): string[] {
  const { input } = fieldsOf(request)
  const inputs = Array.isArray(input) ? input : [input]
  const texts = inputs.filter((each) => typeof each === "string")
  if (texts.length < inputs.length) throw unsupported("anything but texts", "input")
  return texts
}

/** Vectors in OpenAI's shape, in the order of the texts. */
export function vectorsTold(
  vectors: readonly unknown[],
  { model }: TaskRequest,
  input: number | undefined,
): TaskResult {
  const usage: Usage | undefined = input === undefined ? undefined : { input, output: 0 }
  const data = vectors.map((embedding, index) => ({ object: "embedding", index, embedding }))
  const counted = { prompt_tokens: input ?? 0, total_tokens: input ?? 0 }
  return { body: { object: "list", data, model, usage: counted }, usage }
}

/** A picture's width and height, where the caller asked for one: `1024x1536`. */
export function sizeOf(request: TaskRequest): { width: number; height: number } | undefined {
  const [, width, height] =
    /^(\d{2,5})[x*](\d{2,5})$/.exec(text(fieldsOf(request).size) ?? "") ?? []
  return width && height ? { width: Number(width), height: Number(height) } : undefined
}
