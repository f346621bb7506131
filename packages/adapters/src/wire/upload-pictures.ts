import type { ChatMessage, ChatRequest, FilePart, ImagePart, Part } from "../spec/index.ts"
import { parseDataUrl } from "./data-url.ts"
import { record, text } from "./json.ts"
import { unsupported } from "./unsupported.ts"
import { brokenError } from "./upstream-error.ts"

const picturesMax = 16

/**
 * The same request with the pictures that are in it handed over first, for upstreams that take them
 * no other way: each becomes a file by its id. Pictures at an address stay.
 *
 * @param upload hands one over and says what the upstream answered
 * @throws UpstreamError what `upload` throws, or when there are too many
 */
export async function withUploads(
  request: ChatRequest,
  upload: (file: File) => Promise<unknown>,
): Promise<ChatRequest> {
  const { messages } = request
  const parts = messages.flatMap(({ content }) => content)
  // Whose file that would be, nobody here could say.
  if (parts.some(({ type }) => type === "file")) throw unsupported("files", "messages")
  const pictures = new Set(parts.flatMap((part) => (isInline(part) ? part.url : [])))
  if (pictures.size === 0) return request
  if (pictures.size > picturesMax)
    throw unsupported(`more than ${picturesMax} pictures`, "messages")
  const files = new Map(
    await Promise.all(
      [...pictures].map(async (url) => [url, idIn(await upload(fileOf(url)))] as const),
    ),
  )
  const withFile = (part: Part): Part => {
    const fileId = isInline(part) && files.get(part.url)
    return fileId ? ({ type: "file", fileId } satisfies FilePart) : part
  }
  const uploaded = messages.map(
    (message) => ({ ...message, content: message.content.map(withFile) }) as ChatMessage,
  )
  return Object.create(request, { messages: { value: uploaded, enumerable: true } })
}

const isInline = (part: Part): part is ImagePart =>
  part.type === "image" && part.url.startsWith("data:")

function fileOf(url: string) {
  const { mime = "", data = "" } = parseDataUrl(url) ?? {}
  return new File([Buffer.from(data, "base64")], `picture.${mime.split("/")[1]}`, { type: mime })
}

/** @throws UpstreamError when there is none */
function idIn(reply: unknown): string {
  const { id, data } = record(reply)
  const found = text(id) ?? text(record(data).id)
  if (!found) throw brokenError("The upstream did not take the picture.")
  return found
}
