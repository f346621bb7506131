import {
  checkJson,
  checkModel,
  checkRange,
  checkRequired,
  firstOf,
  invalid,
} from "../testing/check.ts"
import type { Refusal } from "../testing/mock.ts"
import type { SeenRequest } from "../testing/simulate.ts"

/** What each kind of work cannot do without. */
const required: Record<string, readonly string[]> = {
  embeddings: ["input"],
  "images/generations": ["prompt"],
  "images/edits": ["prompt"],
  "images/variations": ["image"],
  "audio/speech": ["input", "voice"],
  "audio/transcriptions": ["file"],
  "audio/translations": ["file"],
  moderations: ["input"],
  rerank: ["query", "documents"],
}

const taskAt = ({ method, path }: SeenRequest) =>
  method === "POST"
    ? Object.keys(required).find((task) => path.split("?")[0]!.endsWith(`/${task}`))
    : undefined

/** Whether a request is for other work than a chat. */
export const isTask = (seen: SeenRequest): boolean => taskAt(seen) !== undefined

/** @see https://platform.openai.com/docs/api-reference */
export function checkTask(seen: SeenRequest): Refusal | undefined {
  const task = taskAt(seen)!
  const unreadable = seen.form ? undefined : checkJson(seen.body)
  if (unreadable) return unreadable
  const fields = seen.form ? Object.fromEntries(seen.form) : seen.body
  return firstOf(
    checkModel(fields.model),
    checkRequired(fields, ...required[task]!),
    /^(chat)?gpt-image/.test(fields.model) && fields.response_format !== undefined
      ? invalid("Unknown parameter: 'response_format'.", "response_format")
      : undefined,
    /(transcription|translation)s$/.test(task) && !(fields.file instanceof Blob)
      ? invalid("The file is not a valid audio file.", "file")
      : undefined,
    seen.form ? undefined : checkRange(fields, "n", 1, 10),
  )
}
