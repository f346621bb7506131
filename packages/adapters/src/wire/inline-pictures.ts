import type { ChatRequest, Part, Upstream } from "../spec/index.ts"
import type { ChatProtocol } from "./protocol.ts"
import { unsupported } from "./unsupported.ts"

/** As many as Chat Nio ever looked for. */
const addressesMax = 16

/**
 * The same request with pictures in place of their addresses, for upstreams that take none.
 *
 * @throws UpstreamError when one cannot be fetched, or there are too many
 */
export async function withPictures(
  { dialect, takesAddress = () => true }: Pick<ChatProtocol, "dialect" | "takesAddress">,
  request: ChatRequest,
  upstream: Upstream,
): Promise<ChatRequest> {
  const { native } = request
  // A body that goes up as it came is only read when there is a picture in it.
  if (native && native.dialect === dialect && !native.text.includes('"image_url"')) return request
  const { messages } = request
  const parts = messages.flatMap(({ content }) => content)
  const urls = new Set(parts.flatMap(addressIn).filter((url) => !takesAddress(url)))
  if (urls.size === 0) return request
  if (urls.size > addressesMax)
    throw unsupported(`more than ${addressesMax} addresses of pictures`, "messages")
  const inlined = new Map(
    await Promise.all([...urls].map(async (url) => [url, await inline(url, upstream)] as const)),
  )
  const at = (url: string) => inlined.get(url) ?? url
  const withParts = messages.map((message) => ({
    ...message,
    content: message.content.map((part) => withPicture(part, at)),
  }))
  return Object.create(request, {
    messages: { value: withParts, enumerable: true },
    native: { value: native && nativeWith(native, at), enumerable: true },
  })
}

const addressIn = (part: Part): string[] =>
  part.type === "image" && /^https?:/i.test(part.url) ? [part.url] : []

async function inline(url: string, { download }: Upstream): Promise<string> {
  const { mime, bytes } = await download(url)
  return `data:${mime};base64,${Buffer.from(bytes).toString("base64")}`
}

const withPicture = (part: Part, at: (url: string) => string): Part =>
  part.type === "image" ? { ...part, url: at(part.url) } : part

type Native = NonNullable<ChatRequest["native"]>

/** In OpenAI's words an address is a `url`, in those of its Responses an `image_url`. */
function nativeWith(native: Native, at: (url: string) => string): Native {
  const text = JSON.stringify(native.body, (key, value) =>
    (key === "url" || key === "image_url") && typeof value === "string" ? at(value) : value,
  )
  return { ...native, text, body: JSON.parse(text) }
}
