import { type StoredResponse, storedResponses } from "@nio/db"
import { type Actor, requireActive } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"

type Body = Readonly<Record<string, unknown>>

/** A kept answer, for the key that asked for it and for nobody else. @throws AppError `response.not-found` */
export async function findResponse(deps: Deps, actor: Actor, id: string) {
  const { keyId } = requireActive(actor)
  const row = keyId && (await storedResponses.find(deps.db, { keyId, id }))
  if (!row || row.expiresAt <= deps.now()) throw new AppError("response.not-found", { id })
  return { ...row, body: bodyOf(deps, row), input: row.input as Body[] }
}

/** The answers that lead to this one and itself, newest first, as far as they are kept. */
export async function findConversation(deps: Deps, actor: Actor, id: string, max: number) {
  const { keyId } = requireActive(actor)
  if (!keyId) return []
  const rows = await storedResponses.findChain(deps.db, { keyId, id }, max)
  return rows
    .filter(({ expiresAt }) => expiresAt > deps.now())
    .map((row): StoredResponse => ({ ...row, body: bodyOf(deps, row) }))
}

export const isUnderWay = ({ status }: Body) => status === "queued" || status === "in_progress"

/** How long after its time an answer under way is given up: its node is gone. */
const lateMs = 60_000

/** An answer that was begun and never ended has failed, whoever was writing it. */
function bodyOf({ now, answerMsMax }: Deps, { body, createdAt }: StoredResponse): Body {
  const response = body as Body
  if (!isUnderWay(response) || now() < createdAt + answerMsMax + lateMs) return response
  const error = { code: "server_error", message: "The answer was interrupted." }
  return { ...response, status: "failed", error }
}
