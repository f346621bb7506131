import type {
  Answer,
  ChatEvent,
  ChatRequest,
  Part,
  Picture,
  Provider,
  Task,
  TaskRequest,
  Upstream,
  Usage,
} from "../spec/index.ts"
import { noBytes, textOf } from "../wire/bytes.ts"
import { parseDataUrl } from "../wire/data-url.ts"
import { type Json, parseJson, record, records, text } from "../wire/json.ts"
import { oneBatch } from "../wire/one-batch.ts"
import { unsupported } from "../wire/unsupported.ts"
import { readAnswer } from "./read-answer.ts"

/** Models that only make pictures, by the names their makers gave them. */
const makers =
  /(^|\/)(dall-?e(-\d)?$|(chat)?gpt-image|cogview|glm-image|grok-(2-image|imagine-image)|wanx|wan\d[\d.]*-t2i|qwen-image|doubao-seedream|imagen|flux|stable-?diffusion|sd\d|kolors)/i

/** How such a model chats: with pictures. Undefined for every other model. */
export function pictureChat(
  { tasks = {} }: Provider,
  model: string,
): ((request: ChatRequest, upstream: Upstream) => Promise<Answer>) | undefined {
  const generate = tasks["image-generation"]
  if (!generate || !makers.test(model)) return undefined
  return (request, upstream) => chatByPicture(generate, tasks["image-edit"], request, upstream)
}

/**
 * What was asked last is the prompt; the answer is the picture, as Markdown where it has an address.
 * Pictures in the question are edited by those who can.
 */
async function chatByPicture(
  generate: Task,
  edit: Task | undefined,
  request: ChatRequest,
  upstream: Upstream,
): Promise<Answer> {
  const question = request.messages.findLast(({ role }) => role === "user")?.content ?? []
  const prompt = question.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n")
  if ((request.choices ?? 1) > 1) throw unsupported("several answers at once", "n")
  if (prompt.trim() === "") throw unsupported("a question without words", "messages")
  const pictures = await Promise.all(question.flatMap((part) => pictureOf(part, upstream)))
  const edits = edit && pictures.length > 0 && /gpt-image/.test(request.model)
  const answer = edits
    ? await edit(editOf(request, prompt, pictures), upstream)
    : await generate(generationOf(request, prompt), upstream)
  const { bytes, usage } = await readAnswer(answer)
  const document = record(parseJson(textOf(bytes)))
  // A conversation is read for years, and the upstream's address lives an hour; programs look at once.
  const keeps = request.native === undefined
  return told(answer, eventsOf(keeps ? await kept(document, upstream) : document, usage))
}

/** With the pictures themselves in place of their addresses, where they can be had. */
async function kept(document: Json, { download }: Upstream): Promise<Json> {
  const data = await Promise.all(
    records(document.data).map(async (picture) => {
      const url = text(picture.url)
      if (!url || url.startsWith("data:")) return picture
      const got = await download(url).catch(() => undefined)
      return got ? { url: dataUrlOf(got) } : picture
    }),
  )
  return { ...document, data }
}

const dataUrlOf = ({ mime, bytes }: Picture) =>
  `data:${mime};base64,${Buffer.from(bytes).toString("base64")}`

function pictureOf(part: Part, { download }: Upstream): Promise<Blob>[] {
  if (part.type !== "image") return []
  const inline = parseDataUrl(part.url)
  if (inline) return [Promise.resolve(blobOf(inline.mime, Buffer.from(inline.data, "base64")))]
  return [download(part.url).then(({ mime, bytes }) => blobOf(mime, bytes))]
}

const blobOf = (mime: string, bytes: Uint8Array) =>
  new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime })

function generationOf({ model }: ChatRequest, prompt: string): TaskRequest {
  const fields = {
    model,
    prompt,
    // The larger ones cost more than somebody who only chats expects.
    ...(/dall-?e(-2)?$/.test(model) && { size: "512x512" }),
  }
  const text = JSON.stringify(fields)
  return { kind: "image-generation", model, body: { type: "json", text, fields } }
}

function editOf({ model }: ChatRequest, prompt: string, pictures: Blob[]): TaskRequest {
  const form = new FormData()
  form.append("prompt", prompt)
  for (const [at, picture] of pictures.entries())
    form.append("image[]", picture, `${at}.${picture.type.split("/")[1]}`)
  return { kind: "image-edit", model, body: { type: "form", form } }
}

function eventsOf(document: Json, usage: Usage | undefined): ChatEvent[] {
  const events = records(document.data).flatMap(({ url, b64_json }): ChatEvent[] => {
    const inline = parseDataUrl(text(url) ?? "")
    const data = text(b64_json) ?? inline?.data
    const mime = inline?.mime ?? `image/${text(document.output_format) ?? "png"}`
    if (data) return [{ type: "image", choice: 0, mime, data }]
    return text(url) ? [{ type: "text", choice: 0, delta: `![image](${url})` }] : []
  })
  return [
    ...events,
    { type: "finish", choice: 0, reason: "stop" },
    ...(usage ? [{ type: "usage" as const, usage }] : []),
  ]
}

function told({ headers }: Answer, events: ChatEvent[]): Answer {
  const usage = events.flatMap((event) => (event.type === "usage" ? [event.usage] : []))[0]
  const signs = { finish: "stop" as const, ...(usage && { usage }) }
  return oneBatch({ dialect: undefined, headers }, { bytes: noBytes, events, signs })
}
