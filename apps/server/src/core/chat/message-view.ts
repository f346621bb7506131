import type { messages } from "@nio/db"
import { z } from "zod"
import type { Failure, MessageView } from "../../contract/index.ts"

/** A message as its owner gets it. Stored pictures are named, not sent along. */
export function messageView(row: messages.MessageRow): MessageView {
  return {
    id: row.id,
    parentId: row.parentId,
    role: row.role,
    text: row.text,
    reasoning: row.reasoning,
    images: imagesOf(row).map((image, index) =>
      image.startsWith("data:") ? `/chat/images/${row.id}/${index}` : image,
    ),
    model: row.model,
    state: row.state,
    failure: failureOf(row.failure),
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    charge: row.charge,
    createdAt: row.createdAt,
  }
}

const imageList = z.array(z.string()).catch([])
/** Addresses and data URLs, as they were sent. */
export const imagesOf = (row: messages.MessageRow): string[] => imageList.parse(row.images)

const failure = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export const failureOf = (stored: unknown): Failure | null => failure.safeParse(stored).data ?? null
