import type { TaskRequest } from "@nio/adapters"
import type { Generation } from "../../../core/generation/generation.ts"
import { renamed } from "../openai/pass-through.ts"
import { encodedAs } from "./vectors.ts"

/** A whole answer as the caller wants it: under the name they know, vectors in the form they asked for. */
export function retouched(
  bytes: Uint8Array,
  { kind, model, body }: TaskRequest,
  generation: Pick<Generation, "renamed">,
): Uint8Array {
  const named = generation.renamed ? withModel(bytes, model) : bytes
  if (kind !== "embeddings" || body.type !== "json") return named
  return encodedAs(named, body.fields.encoding_format === "base64" ? "base64" : "float")
}

/** Only where the upstream named one: not every document has a model. */
function withModel(bytes: Uint8Array, model: string): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.includes('"model"') ? renamed(bytes, model) : bytes
}
