import type { ChatMessage } from "@nio/adapters"
import { type conversations, type Db, isDuplicate, type messages, runs } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Manner } from "../generation/generation.ts"
import { createBroadcast } from "./broadcast.ts"
import { tellNodes } from "./chat-bus.ts"
import { followers } from "./followers.ts"
import { interruptRun } from "./interrupt-stale-runs.ts"
import { createLocalRun } from "./local-run.ts"
import { leaseMs, localRuns } from "./local-runs.ts"
import { messageView } from "./message-view.ts"
import type { Sampling } from "./style.ts"
import { writeAnswer } from "./write-answer.ts"

/** What was stored for a run that is about to begin. */
export type Stored = {
  conversation: conversations.ConversationRow
  question: messages.MessageRow | null
  answer: messages.MessageRow
  /** What the model is shown. */
  window: ChatMessage[]
}
export type Begun = Stored & { runId: string }

type Beginning = {
  actor: Actor
  model: string
  /** How the answer is to be found. */
  manner?: Manner
  sampling?: Sampling | undefined
  /** Stores question and answer; the run is stored in the same transaction. */
  store: (tx: Db) => Promise<Stored>
  /** Called once it is stored, before anybody hears of the run. */
  tell: (begun: Begun) => void
}

/**
 * Begins to write an answer, and returns at once: the run belongs to its conversation and goes on
 * whoever looks on, or nobody.
 *
 * @throws AppError `run.active` when the conversation has one, `server.stopping`
 */
export async function beginRun(deps: Deps, beginning: Beginning): Promise<void> {
  if (localRuns(deps).isStopping()) throw new AppError("server.stopping")
  const begun = await storeRun(deps, beginning)
  const { answer, question } = begun
  const broadcast = createBroadcast({
    runId: begun.runId,
    conversationId: answer.conversationId,
    messageId: answer.id,
    seq: 0,
    text: answer.text,
    reasoning: answer.reasoning,
  })
  const { actor, model, manner = {}, sampling } = beginning
  const run = createLocalRun(deps, { userId: actor.userId, broadcast })
  localRuns(deps).add(run)

  beginning.tell(begun)
  followers(deps).started(broadcast, question && messageView(question), messageView(answer))
  const { conversationId } = answer
  tellNodes(deps, { type: "started", nodeId: deps.nodeId, conversationId, runId: run.id })
  const request = { ...sampling, model, messages: begun.window, stream: true }
  void writeAnswer(deps, { run, actor, request, answer, manner })
}

async function storeRun(deps: Deps, beginning: Beginning): Promise<Begun> {
  try {
    return await storeOnce(deps, beginning)
  } catch (error) {
    if (!(error instanceof Occupied)) throw error
    const other = await runs.findOf(deps.db, error.conversationId)
    const isDead = other && other.aliveUntil < deps.now()
    if (!isDead) throw new AppError("run.active")
    await interruptRun(deps, other.id, other.messageId)
    return storeOnce(deps, beginning)
  }
}

class Occupied extends AppError {
  readonly conversationId: string
  constructor(conversationId: string) {
    super("run.active")
    this.conversationId = conversationId
  }
}

function storeOnce(deps: Deps, { actor, store }: Beginning): Promise<Begun> {
  return deps.db.transaction(async (tx) => {
    const stored = await store(tx)
    const { conversationId, id: messageId } = stored.answer
    const runId = deps.newId()
    const now = deps.now()
    const row: runs.RunRow = {
      id: runId,
      conversationId,
      messageId,
      userId: actor.userId,
      nodeId: deps.nodeId,
      seq: 0,
      stopAsked: false,
      startedAt: now,
      aliveUntil: now + leaseMs,
    }
    await runs.insert(tx, row).catch((error) => {
      throw isDuplicate(error) ? new Occupied(conversationId) : error
    })
    return { ...stored, runId }
  })
}
