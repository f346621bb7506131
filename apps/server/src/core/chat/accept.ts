import { conversations, messages } from "@nio/db"
import type { ServerFrame } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Bucket, Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { type Begun, beginRun } from "./begin-run.ts"
import { messageView } from "./message-view.ts"
import { once } from "./once.ts"

export type Accepted = Extract<ServerFrame, { type: "accepted" }>

/**
 * Called before anybody hears of the run, so that who asked can follow it from its beginning. With
 * `again` it is a repeat, and the run may be anywhere, or over.
 */
export type Tell = (accepted: Accepted, how: { again: boolean }) => void

type Beginning = Omit<Parameters<typeof beginRun>[1], "tell">

/** Begins a run for a request, once; a repeat is told again what came of the first. */
export async function acceptOnce(
  deps: Deps,
  requestId: string,
  tell: Tell,
  beginning: Beginning,
): Promise<void> {
  const { result, first } = await once(deps, beginning.actor, requestId, async () => {
    await limitAsking(deps, beginning.actor)
    let ids = ""
    await beginRun(deps, {
      ...beginning,
      tell: (begun) => {
        ids = [begun.runId, begun.answer.id, begun.question?.id ?? ""].join(" ")
        tell(acceptedFrame(requestId, begun), { again: false })
      },
    })
    return ids
  })
  if (!first) tell(await acceptedBefore(deps, beginning.actor, requestId, result), { again: true })
}

/** What is refused here leaves nothing behind, unlike an answer that fails. */
const asking: Bucket = { capacity: 60, perSecond: 2 }

/** @throws AppError `rate.limited` */
async function limitAsking({ kv }: Deps, { userId }: Actor): Promise<void> {
  const waitMs = await kv.spend(`ask:${userId}`, asking)
  if (waitMs > 0) throw new AppError("rate.limited", { seconds: Math.ceil(waitMs / 1_000) })
}

const acceptedFrame = (
  requestId: string,
  { conversation, runId, question, answer }: Omit<Begun, "window">,
): Accepted => ({
  type: "accepted",
  requestId,
  conversationId: conversation.id,
  title: conversation.title,
  runId,
  question: question && messageView(question),
  answer: messageView(answer),
})

async function acceptedBefore(
  deps: Deps,
  { userId }: Actor,
  requestId: string,
  ids: string,
): Promise<Accepted> {
  const [runId = "", answerId = "", questionId = ""] = ids.split(" ")
  const answer = await messages.find(deps.db, answerId)
  const conversation =
    answer && (await conversations.find(deps.db, { id: answer.conversationId, userId }))
  if (!answer || !conversation) throw new AppError("conversation.not-found")
  const question = questionId ? await messages.find(deps.db, questionId) : null
  return acceptedFrame(requestId, { conversation, runId, answer, question: question ?? null })
}
