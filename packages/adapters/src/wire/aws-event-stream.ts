import { joinBytes, noBytes, textOf } from "./bytes.ts"
import { brokenError } from "./upstream-error.ts"

/** A message may hold an image. */
const messageBytesMax = 24_000_000
/** Total length, headers' length, checksum of both. */
const preludeBytes = 12
const checksumBytes = 4

export type AwsMessage = { headers: Readonly<Record<string, string>>; payload: string }

/**
 * Cuts a stream into messages: length, headers, payload, checksums.
 *
 * @see https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html
 */
export function createAwsMessageReader() {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let wanted = preludeBytes

  /** @throws UpstreamError when a checksum does not match or a message is too large */
  return (bytes: Uint8Array): AwsMessage[] => {
    held.push(bytes)
    heldBytes += bytes.length
    if (heldBytes < wanted) return []
    const all = joinBytes(held)
    const messages: AwsMessage[] = []
    let from = 0
    for (;;) {
      wanted = lengthAt(all, from)
      if (all.length - from < wanted) break
      messages.push(readMessage(all.subarray(from, from + wanted)))
      from += wanted
    }
    held = from < all.length ? [all.subarray(from)] : []
    heldBytes = all.length - from
    return messages
  }
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** How many bytes the message at `from` needs; enough to know that, when it is not known yet. */
function lengthAt(bytes: Uint8Array, from: number) {
  if (bytes.length - from < preludeBytes) return preludeBytes
  const prelude = view(bytes.subarray(from, from + preludeBytes))
  const total = prelude.getUint32(0)
  if (prelude.getUint32(8) !== Bun.hash.crc32(bytes.subarray(from, from + 8))) throw damaged()
  if (total < preludeBytes + checksumBytes || total > messageBytesMax) throw damaged()
  return total
}

function readMessage(message: Uint8Array): AwsMessage {
  const end = message.length - checksumBytes
  if (view(message).getUint32(end) !== Bun.hash.crc32(message.subarray(0, end))) throw damaged()
  const headersEnd = preludeBytes + view(message).getUint32(4)
  if (headersEnd > end) throw damaged()
  return {
    headers: readHeaders(message.subarray(preludeBytes, headersEnd)),
    payload: textOf(message.subarray(headersEnd, end)),
  }
}

const stringType = 7

/** Only texts are of interest, and they come first; another type ends the reading. */
function readHeaders(bytes: Uint8Array) {
  const headers: Record<string, string> = {}
  for (let at = 0; at < bytes.length; ) {
    const nameEnd = at + 1 + bytes[at]!
    if (bytes[nameEnd] !== stringType) break
    const valueFrom = nameEnd + 3
    const valueEnd = valueFrom + (((bytes[nameEnd + 1] ?? 0) << 8) | (bytes[nameEnd + 2] ?? 0))
    headers[textOf(bytes.subarray(at + 1, nameEnd))] = textOf(bytes.subarray(valueFrom, valueEnd))
    at = valueEnd
  }
  return headers
}

const damaged = () => brokenError("The upstream sent a message that is damaged.")

/** The message as it goes over the wire. */
export function encodeAwsMessage({ headers, payload }: AwsMessage): Uint8Array {
  const head = joinBytes([noBytes, ...Object.entries(headers).map(encodeHeader)])
  const body = Buffer.from(payload)
  const total = preludeBytes + head.length + body.length + checksumBytes
  const prelude = Buffer.alloc(preludeBytes)
  prelude.writeUInt32BE(total, 0)
  prelude.writeUInt32BE(head.length, 4)
  prelude.writeUInt32BE(Bun.hash.crc32(prelude.subarray(0, 8)), 8)
  const message = Buffer.concat([prelude, head, body, Buffer.alloc(checksumBytes)])
  message.writeUInt32BE(
    Bun.hash.crc32(message.subarray(0, total - checksumBytes)),
    total - checksumBytes,
  )
  return message
}

function encodeHeader([name, value]: [string, string]) {
  const nameBytes = Buffer.from(name)
  const valueBytes = Buffer.from(value)
  const type = Buffer.from([stringType, valueBytes.length >> 8, valueBytes.length & 255])
  return Buffer.concat([Buffer.from([nameBytes.length]), nameBytes, type, valueBytes])
}
