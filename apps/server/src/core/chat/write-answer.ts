import type { ChatRequest } from "@nio/adapters"
import { type MessageState, messages, runs } from "@nio/db"
import type { Failure } from "../../contract/index.ts"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { generate } from "../generation/generate.ts"
import type { Bill, Generation, Manner } from "../generation/generation.ts"
import { tellWatchers } from "./chat-bus.ts"
import type { LocalRun } from "./local-run.ts"
import { localRuns } from "./local-runs.ts"
import { messageView } from "./message-view.ts"

type Writing = {
  run: LocalRun
  actor: Actor
  request: ChatRequest
  manner: Manner
  /** The message as it was stored when the run began. */
  answer: messages.MessageRow
}
type End = { state: MessageState; failure: Failure | null }

/**
 * Writes an answer to its end, whatever that is, and whoever looks on. Never rejects: the end is
 * told to everybody, and a row that could not be written is left to be found as interrupted.
 */
export async function writeAnswer(deps: Deps, writing: Writing): Promise<void> {
  const { run } = writing
  // Counts as under way until the message is written, so that a stopping server waits for that.
  const underway = { checkpoint() {} }
  deps.underway.add(underway)
  const { end, bill } = await listen(deps, writing)
  run.flush()
  const message = await store(deps, writing, end, bill)
  localRuns(deps).remove(run)
  run.broadcast.finish(messageView(message), bill?.plan != null)
  if (run.isWatched()) tellWatchers(deps, run.id, { type: "done", message: messageView(message) })
  deps.underway.remove(underway)
}

async function listen(deps: Deps, { run, actor, request, manner }: Writing) {
  let generation: Generation | undefined
  let end: End = { state: "done", failure: null }
  try {
    generation = await generate(deps, {
      id: deps.newId(),
      actor,
      request,
      source: "chat",
      ...manner,
      signal: run.signal,
    })
    for (let batch = await generation.next(); batch; batch = await generation.next())
      run.hear(batch.events)
  } catch (error) {
    run.flush()
    end = endOf(deps, run, error)
  }
  generation?.close()
  return { end, bill: await generation?.bill }
}

/** An answer that broke off after some words can be continued; one without words has failed. */
function endOf(deps: Deps, run: LocalRun, error: unknown): End {
  if (run.signal.aborted) return { state: "stopped", failure: null }
  const { code, params, cause } = AppError.from(error)
  if (code === "internal") deps.log.error("answer failed", { runId: run.id, cause })
  const state = run.broadcast.progress().seq > 0 ? "interrupted" : "failed"
  return { state, failure: { code, params } }
}

/** The text and the bill in one transaction with the end of the run; a continued answer adds up. */
async function store(
  deps: Deps,
  { run, answer }: Writing,
  { state, failure }: End,
  bill: Bill | undefined,
): Promise<messages.MessageRow> {
  const { text, reasoning } = run.broadcast.progress()
  const changes = {
    text,
    reasoning,
    state,
    failure,
    inputTokens: sum(answer.inputTokens, bill?.usage.input),
    outputTokens: sum(answer.outputTokens, bill?.usage.output),
    charge: sum(answer.charge, bill?.charge),
    finishedAt: deps.now(),
  }
  try {
    const written = await deps.db.transaction(async (tx) => {
      const ours = await runs.remove(tx, run.id)
      if (ours) await messages.edit(tx, answer.id, changes)
      return ours
    })
    if (!written) return (await messages.find(deps.db, answer.id)) ?? { ...answer, ...changes }
  } catch (cause) {
    deps.log.error("the end of an answer was not written", { runId: run.id, cause })
  }
  return { ...answer, ...changes }
}

const sum = (before: number | null, now: number | undefined) =>
  before === null && now === undefined ? null : (before ?? 0) + (now ?? 0)
