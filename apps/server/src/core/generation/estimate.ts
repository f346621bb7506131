/** Characters of JSON nesting a request may have: far more than any client sends. */
const depthMax = 100

/** What an image costs in tokens when nothing is known of its size: high detail, a few tiles. */
const imageTokens = 1_000

/** UTF-8 bytes per token, on the safe side for English and Chinese alike. */
const bytesPerToken = 3

export const estimateTokens = (text: string): number =>
  Math.ceil(Buffer.byteLength(text) / bytesPerToken)

/** A data URL, or the naked base64 of an image or a file. */
const isBinary = (text: string) =>
  text.startsWith("data:") || (text.length > 4_096 && !/[^A-Za-z0-9+/=]/.test(text.slice(0, 4_096)))

/**
 * Tokens of everything written in a request body, without building its messages: enough to set
 * points aside by. Binary parts count as images.
 *
 * @returns undefined when the body is nested too deeply to be a request.
 */
export function estimateInput(body: unknown): number | undefined {
  let bytes = 0
  let images = 0
  let tooDeep = false

  const visit = (value: unknown, depth: number) => {
    if (typeof value === "string") {
      if (isBinary(value)) images++
      else bytes += Buffer.byteLength(value)
    } else if (typeof value === "object" && value !== null) {
      if (depth > depthMax) tooDeep = true
      else for (const key in value) visit((value as Record<string, unknown>)[key], depth + 1)
    }
  }
  visit(body, 0)
  return tooDeep ? undefined : Math.ceil(bytes / bytesPerToken) + images * imageTokens
}
