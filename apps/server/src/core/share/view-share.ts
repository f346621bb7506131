import { shares } from "@nio/db"
import { z } from "zod"
import type { SharedMessage, ShareView } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

/** For everybody who knows its id. @throws AppError `share.not-found` */
export async function viewShare(deps: Deps, id: string): Promise<ShareView> {
  const row = await shares.find(deps.db, id)
  if (!row) throw new AppError("share.not-found")
  const { title, model, userName, createdAt } = row
  return { id, title, model, userName, createdAt, messages: messagesIn(row.messages) }
}

const stored = z.array(
  z.object({
    role: z.enum(["system", "user", "assistant"]),
    text: z.string(),
    images: z.array(z.string()).catch([]),
  }),
)
const messagesIn = (json: unknown): SharedMessage[] => stored.catch([]).parse(json)
