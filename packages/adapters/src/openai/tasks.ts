import type { TaskKind, TaskRequest, Tasks, Upstream } from "../spec/index.ts"
import { taskOf } from "../wire/ask-task.ts"
import type { CodeTable } from "../wire/code-table.ts"
import type { WireRequest } from "../wire/protocol.ts"
import { splice } from "../wire/splice.ts"
import type { Failed } from "./compatible.ts"
import { judge } from "./errors.ts"
import { createTaskGlance, usageOfTask } from "./task-usage.ts"

/** @see https://platform.openai.com/docs/api-reference */
const paths: Record<TaskKind, string> = {
  embeddings: "embeddings",
  "image-generation": "images/generations",
  "image-edit": "images/edits",
  "image-variation": "images/variations",
  speech: "audio/speech",
  transcription: "audio/transcriptions",
  translation: "audio/translations",
  moderation: "moderations",
  rerank: "rerank",
}

export const allTasks = Object.keys(paths) as TaskKind[]

export type TaskQuirks = {
  /** What its own codes mean. */
  errors?: CodeTable | undefined
  /** How it says that it failed, with a 200. */
  failed?: Failed | undefined
  /** Fields put over the caller's own; undefined takes one away. */
  edits?: ((request: TaskRequest) => Record<string, unknown>) | undefined
  /** Where the work of a path such as `audio/speech` is asked for. */
  address: (path: string, request: TaskRequest, upstream: Upstream) => string
  headers: (upstream: Upstream) => Record<string, string>
}

/** Work that is asked for as at OpenAI, the caller's own body with only the model's name changed. */
export const openaiTasks = (kinds: readonly TaskKind[], quirks: TaskQuirks): Tasks =>
  Object.fromEntries(
    kinds.map((kind) => [
      kind,
      taskOf({
        buildRequest: (request, upstream): WireRequest => ({
          url: quirks.address(paths[kind], request, upstream),
          headers: quirks.headers(upstream),
          body: bodyOf(request, quirks.edits?.(request)),
        }),
        readDocument: (document) => ({ usage: usageOfTask(document, { kind }) }),
        createGlance: createTaskGlance,
        ...(quirks.failed && { failureIn: quirks.failed.in }),
        judge: (failure) => judge(failure, quirks.errors),
      }),
    ]),
  )

function bodyOf({ model, body }: TaskRequest, own: Record<string, unknown> = {}) {
  const edits = new Map<string, unknown>([["model", nameOf(model)], ...Object.entries(own)])
  // These models always answer in base64, and refuse to be told so.
  if (/^(chat)?gpt-image/.test(model)) edits.set("response_format", undefined)
  if (body.type === "form") return editedForm(body.form, edits)
  const texts = [...edits].map(
    ([key, value]) => [key, value === undefined ? undefined : JSON.stringify(value)] as const,
  )
  return splice(body.text, new Map(texts))
}

/** What Chat Nio's operators call the first one. */
const nameOf = (model: string) => (model === "dalle" ? "dall-e-2" : model)

/** Files are handed on as they are, and a field that is there several times stays so. */
function editedForm(form: FormData, edits: ReadonlyMap<string, unknown>) {
  const edited = new FormData()
  for (const [name, value] of form) if (!edits.has(name)) edited.append(name, value)
  for (const [name, value] of edits) if (value !== undefined) edited.append(name, String(value))
  return edited
}
