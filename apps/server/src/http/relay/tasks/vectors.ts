type Encoding = "float" | "base64"

/** Far enough to hold the beginning of the first vector. */
const headBytes = 4_096

/**
 * Vectors as lists of numbers or as base64 of little-endian 32-bit floats, whichever was asked for:
 * many upstreams only know the first. Untouched when they are in that form already.
 */
export function encodedAs(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  const head = Buffer.from(bytes.subarray(0, headBytes)).toString("latin1")
  const [, begins] = /"embedding"\s*:\s*(["[])/.exec(head) ?? []
  if (begins === (encoding === "base64" ? '"' : "[")) return bytes
  const document = JSON.parse(Buffer.from(bytes).toString())
  if (!Array.isArray(document.data)) return bytes
  const convert = encoding === "base64" ? toBase64 : toNumbers
  for (const item of document.data) item.embedding = convert(item.embedding)
  return Buffer.from(JSON.stringify(document))
}

const toBase64 = (vector: unknown) =>
  Array.isArray(vector) ? Buffer.from(new Float32Array(vector).buffer).toString("base64") : vector

function toNumbers(vector: unknown) {
  if (typeof vector !== "string") return vector
  const bytes = Buffer.from(vector, "base64")
  const floats = Math.floor(bytes.length / 4)
  return Array.from({ length: floats }, (_, at) => bytes.readFloatLE(at * 4))
}
