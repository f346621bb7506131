import type { TaskKind, TaskRequest } from "@nio/adapters"
import { AppError } from "../../../core/error.ts"
import { check } from "../check.ts"
import { formBytesMax, parseObject, readBody, readBytes } from "../read-body.ts"
import { formSchemas, schemas } from "./task-schema.ts"

/** Who OpenAI asks when nobody is named. */
const modelsAssumed: Partial<Record<TaskKind, string>> = {
  moderation: "omni-moderation-latest",
  "image-generation": "dall-e-2",
  "image-edit": "dall-e-2",
  "image-variation": "dall-e-2",
}

/** @throws AppError `input.invalid`, `input.too-large` */
export async function readTask(request: Request, kind: TaskKind): Promise<TaskRequest> {
  const type = request.headers.get("content-type") ?? ""
  return /^multipart\/form-data/i.test(type) && kind in formSchemas
    ? readForm(request, kind, type)
    : readJson(request, kind)
}

async function readJson(request: Request, kind: TaskKind): Promise<TaskRequest> {
  const schema = schemas[kind]
  if (!schema)
    throw new AppError("input.invalid", { detail: "this is asked for by multipart/form-data" })
  const text = await readBody(request)
  const fields = parseObject(text)
  const { model } = check(schema, { model: modelsAssumed[kind], ...fields })
  return { kind, model, body: { type: "json", text, fields } }
}

/** The parts stay as they came: a file is not looked into, a field may be there several times. */
async function readForm(request: Request, kind: TaskKind, type: string): Promise<TaskRequest> {
  const form = await formOf(request, type)
  const fields = Object.fromEntries([...form].filter(([, value]) => value !== ""))
  const { model } = check(formSchemas[kind]!, { model: modelsAssumed[kind], ...fields })
  return { kind, model, body: { type: "form", form } }
}

async function formOf(request: Request, type: string): Promise<FormData> {
  const bytes = await readBytes(request, formBytesMax)
  try {
    const whole = new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { "content-type": type },
    })
    return await whole.formData()
  } catch {
    throw new AppError("input.invalid", { detail: "the body is not a valid form" })
  }
}
