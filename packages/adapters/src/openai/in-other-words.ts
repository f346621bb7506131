import type { CodeTable } from "../wire/code-table.ts"
import type { Json } from "../wire/json.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { openaiProtocol } from "./compatible.ts"

type Words = Pick<ChatProtocol, "buildRequest" | "markers" | "takesAddress" | "framing"> & {
  /** A frame, or a whole document, as OpenAI would have written it; a failure becomes `error`. */
  toOpenai: (frame: Json) => Json
  /** What its codes mean. */
  errors?: CodeTable
}

/**
 * A protocol of a provider's own whose frames say what OpenAI's say, in other words: they are
 * translated and read as those. What goes up is the provider's own, and the bytes are nobody's dialect.
 */
export function inOtherWords({ toOpenai, errors = {}, ...own }: Words): ChatProtocol {
  const inner = openaiProtocol({ errors })
  return {
    ...inner,
    ...own,
    dialect: undefined,
    createGlance() {
      const glance = inner.createGlance()
      return (frame, event) => glance(toOpenai(frame), event)
    },
    createReader() {
      const read = inner.createReader()
      return (frame, events) => read(toOpenai(frame), events)
    },
    readDocument: (document) => inner.readDocument(toOpenai(document)),
  }
}
