/**
 * Reads the answers of one keep-alive connection as cheaply as can be: finds their ends, and
 * counts how often a mark is in them.
 */
export class AnswerReader {
  status = 0
  frames = 0
  /** Whether any of the body has come. */
  begun = false

  readonly #mark: string
  #rest = Buffer.alloc(0)
  #inBody = false
  #chunked = false
  /** Bytes of the body, or of the chunk, that are still to come. */
  #left = 0
  #carry = ""

  /** The mark of a frame, when left out. */
  constructor(mark = "data:") {
    this.#mark = mark
  }

  /** @returns whether the answer is complete; the next `push` begins another. */
  push(bytes: Buffer): boolean {
    let input = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    this.#rest = Buffer.alloc(0)

    if (!this.#inBody) {
      const end = input.indexOf("\r\n\r\n")
      if (end < 0) return this.#keep(input)
      this.#readHead(input.toString("latin1", 0, end))
      input = input.subarray(end + 4)
    }
    if (this.#chunked) return this.#readChunks(input)

    this.#count(input)
    this.#left -= input.length
    return this.#left <= 0 && this.#finish()
  }

  #readHead(head: string) {
    this.status = Number(head.slice(9, 12))
    this.frames = 0
    this.begun = false
    this.#carry = ""
    this.#inBody = true
    this.#chunked = /transfer-encoding:\s*chunked/i.test(head)
    this.#left = this.#chunked ? 0 : Number(/content-length:\s*(\d+)/i.exec(head)?.[1] ?? 0)
  }

  #readChunks(input: Buffer): boolean {
    let at = 0
    while (at < input.length) {
      if (this.#left === 0) {
        const end = input.indexOf("\r\n", at)
        if (end < 0) return this.#keep(input.subarray(at))
        const size = Number.parseInt(input.toString("latin1", at, end), 16)
        if (size === 0)
          return input.length >= end + 4 ? this.#finish() : this.#keep(input.subarray(at))
        // With the line end that closes the chunk.
        this.#left = size + 2
        at = end + 2
      }
      const part = input.subarray(at, at + this.#left)
      this.#count(part.subarray(0, Math.max(0, this.#left - 2)))
      this.#left -= part.length
      at += part.length
    }
    return false
  }

  /** A mark may be cut anywhere, so the last bytes of a part are looked at again with the next. */
  #count(part: Buffer) {
    this.begun ||= part.length > 0
    const text = this.#carry + part.toString("latin1")
    const { length } = this.#mark
    for (let at = text.indexOf(this.#mark); at >= 0; at = text.indexOf(this.#mark, at + length))
      this.frames++
    this.#carry = text.slice(1 - length)
  }

  #keep(input: Buffer): false {
    this.#rest = Buffer.from(input)
    return false
  }

  #finish(): true {
    this.#inBody = false
    return true
  }
}
