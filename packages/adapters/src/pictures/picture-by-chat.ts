import type { ChatEvent, ChatRequest, Provider, Task, TaskRequest } from "../spec/index.ts"
import { UpstreamError } from "../spec/index.ts"
import { parseDataUrl } from "../wire/data-url.ts"
import { records } from "../wire/json.ts"
import { taskResult } from "../wire/task-answer.ts"
import { readAnswer } from "./read-answer.ts"

/** What a model says when it draws nothing is quoted up to here. */
const excuseCharsMax = 300

/**
 * Makes pictures by a chat, with providers whose models draw in the middle of one: the prompt is
 * the question, the pictures of the answer are the result.
 */
export const pictureByChat =
  ({ chat }: Pick<Provider, "chat">): Task =>
  async (request, upstream) => {
    const { events, usage } = await readAnswer(await chat(await questionOf(request), upstream))
    const data = picturesIn(events)
    if (data.length === 0) throw nothingDrawn(events)
    const { input = 0, output = 0 } = usage ?? {}
    return taskResult(
      {
        created: Math.floor(Date.now() / 1_000),
        data,
        ...(usage && {
          usage: { input_tokens: input, output_tokens: output, total_tokens: input + output },
        }),
      },
      { input: 0, output: 0, ...usage, images: data.length },
    )
  }

/** The prompt, after the pictures that are to be edited. */
async function questionOf({ model, body }: TaskRequest): Promise<ChatRequest> {
  const prompt = body.type === "json" ? body.fields.prompt : body.form.get("prompt")
  const urls =
    body.type === "json"
      ? records(body.fields.images).map(({ image_url, url }) => image_url ?? url)
      : await Promise.all(filesIn(body.form).map(dataUrlOf))
  const pictures = urls.filter((url) => typeof url === "string")
  return {
    model,
    stream: false,
    messages: [
      {
        role: "user",
        content: [
          ...pictures.map((url) => ({ type: "image" as const, url })),
          { type: "text", text: String(prompt ?? "") },
        ],
      },
    ],
  }
}

const filesIn = (form: FormData) =>
  [...form.getAll("image"), ...form.getAll("image[]")].filter((part) => part instanceof Blob)

const dataUrlOf = async (file: Blob) =>
  `data:${file.type || "image/png"};base64,${Buffer.from(await file.arrayBuffer()).toString("base64")}`

/** Drawn, or shown as Markdown. */
function picturesIn(events: readonly ChatEvent[]) {
  const drawn = events.flatMap((event) =>
    event.type === "image" ? [{ b64_json: event.data }] : [],
  )
  const shown = [...textOf(events).matchAll(/!\[[^\]]*\]\((\S+?)\)/g)].map(([, url = ""]) => {
    const inline = parseDataUrl(url)
    return inline ? { b64_json: inline.data } : { url }
  })
  return [...drawn, ...shown]
}

const textOf = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.type === "text" ? event.delta : "")).join("")

/** In the words Chat Nio's clients know. */
function nothingDrawn(events: readonly ChatEvent[]) {
  const said = textOf(events).trim().slice(0, excuseCharsMax)
  return new UpstreamError(
    "invalid-request",
    `The model answered without a picture${said ? `: ${said}` : "."}`,
    { status: 400, code: "image_generation_error", type: "image_generation_error" },
  )
}
