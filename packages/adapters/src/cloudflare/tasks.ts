import { judge as judgeAsOpenai } from "../openai/errors.ts"
import type { Task, Tasks, Upstream } from "../spec/index.ts"
import { taskOf } from "../wire/ask-task.ts"
import type { CodeTable } from "../wire/code-table.ts"
import { record, text } from "../wire/json.ts"
import type { TaskResult } from "../wire/task-protocol.ts"
import { brokenError } from "../wire/upstream-error.ts"
import { fieldsOf, sizeOf } from "../wire/vectors.ts"

type Place = {
  /** Everything before `/run`. */
  address: (upstream: Upstream) => string
  headers: (upstream: Upstream) => Record<string, string>
  errors: CodeTable
}

/** What its OpenAI face does not do. @see https://developers.cloudflare.com/workers-ai/models/ */
export const tasksAt = (place: Place): Tasks => ({
  "image-generation": pictures(place),
  transcription: transcription(place),
})

const runs = ({ address, headers, errors }: Place) => ({
  run: (model: string, body: object, upstream: Upstream) => ({
    url: `${address(upstream)}/run/${model}`,
    headers: headers(upstream),
    body: JSON.stringify(body),
  }),
  judge: (failure: Parameters<typeof judgeAsOpenai>[0]) => judgeAsOpenai(failure, errors),
})

/** Some models answer with the picture itself, some wrap it in JSON. */
function pictures(place: Place): Task {
  const { run, judge } = runs(place)
  const told = (b64_json: string): TaskResult => ({
    body: { created: Math.floor(Date.now() / 1_000), data: [{ b64_json }] },
    usage: { input: 0, output: 0, images: 1 },
  })
  return taskOf({
    buildRequest(request, upstream) {
      const { prompt, negative_prompt, seed } = fieldsOf(request)
      return run(request.model, { prompt, negative_prompt, seed, ...sizeOf(request) }, upstream)
    },
    readDocument({ result }) {
      const image = text(record(result).image)
      if (!image) throw brokenError("The upstream answered without a picture.")
      return told(image)
    },
    readBytes: (bytes) => told(Buffer.from(bytes).toString("base64")),
    judge,
  })
}

function transcription(place: Place): Task {
  const { run, judge } = runs(place)
  const hear = (audio: string, language: unknown) =>
    taskOf({
      buildRequest: ({ model }, upstream) => run(model, { audio, language }, upstream),
      readDocument({ result }) {
        const { text: words, transcription_info: info } = record(result)
        const seconds = Number(record(info).duration)
        return {
          body: { text: text(words) ?? "" },
          ...(seconds > 0 && {
            usage: { input: 0, output: 0, mediaMs: Math.ceil(seconds * 1_000) },
          }),
        }
      },
      judge,
    })
  return async (request, upstream) => {
    const { body } = request
    const file = body.type === "form" ? body.form.get("file") : null
    const bytes = file instanceof Blob ? await file.arrayBuffer() : new ArrayBuffer(0)
    const language = body.type === "form" ? (body.form.get("language") ?? undefined) : undefined
    return hear(Buffer.from(bytes).toString("base64"), language)(request, upstream)
  }
}
