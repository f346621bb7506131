import { type ClientFrame, clientFrame, type ServerFrame } from "../../contract/index.ts"
import type { Actor } from "../../core/actor.ts"
import type { Accepted, Tell } from "../../core/chat/accept.ts"
import { ask } from "../../core/chat/ask.ts"
import type { Listener } from "../../core/chat/broadcast.ts"
import { continueAnswer } from "../../core/chat/continue-answer.ts"
import { follow } from "../../core/chat/follow.ts"
import { type Follow, followers } from "../../core/chat/followers.ts"
import { regenerate } from "../../core/chat/regenerate.ts"
import { stopRun } from "../../core/chat/stop-run.ts"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import { actorOfSession } from "../../core/identity/actor-of.ts"
import { sessionWatch } from "../../core/identity/watch.ts"
import { inWords } from "../in-words.ts"
import type { Peer, SocketSession } from "../sockets.ts"

/** Frames of one socket that may wait for their turn. */
const waitingMax = 64
/** Conversations one socket follows; another one takes the place of the oldest. */
const followsMax = 32

const closeCodes = {
  tooManyFrames: 1008,
  restarting: 1012,
  tooSlow: 1013,
  sessionEnded: 4401,
} as const

/**
 * One open socket. Knows frames, not sockets. Its frames are handled in the order they came; it
 * keeps nothing for a reader that is too slow, who gets a snapshot when there is room again.
 */
export function createChatSession(deps: Deps, sessionId: string, peer: Peer): SocketSession {
  let follows: Map<string, Follow> | undefined
  let full = false
  let waiting = 0
  let tail = Promise.resolve()
  let closed = false

  const listener: Listener = {
    deliver: (frame) => !(full && isProgress(frame)) && send(frame),
  }
  const unwatch = sessionWatch(deps).watch(sessionId, end)

  function send(frame: ServerFrame): boolean {
    if (closed) return false
    const outcome = peer.send(JSON.stringify(frame))
    if (outcome === "full") full = true
    if (outcome === "lost") shut(closeCodes.tooSlow, "too slow")
    return outcome !== "lost"
  }

  function end() {
    shut(closeCodes.sessionEnded, "auth.required")
  }

  function shut(code: number, reason: string) {
    if (!closed) peer.close(code, reason)
    close()
  }

  function close() {
    closed = true
    unwatch()
    for (const one of follows?.values() ?? []) one.end()
    follows = undefined
  }

  function keep(made: Follow) {
    follows ??= new Map()
    follows.get(made.conversationId)?.end()
    follows.delete(made.conversationId)
    follows.set(made.conversationId, made)
    const [oldest] = follows.values()
    if (follows.size > followsMax && oldest) leave(oldest.conversationId)
  }

  function leave(conversationId: string) {
    follows?.get(conversationId)?.end()
    follows?.delete(conversationId)
  }

  async function handle(frame: ClientFrame) {
    const actor = await actorOfSession(deps, sessionId)
    if (!actor) return end()
    if (closed) return
    if (frame.type === "stop") return stopRun(deps, actor, frame.runId)
    if (frame.type === "unfollow") return leave(frame.conversationId)
    if (frame.type === "follow") return look(actor, frame)
    if (frame.type !== "ping") return answer(actor, frame)
  }

  async function look(actor: Actor, where: Parameters<typeof follow>[2]) {
    leave(where.conversationId)
    const made = await follow(deps, actor, where, listener)
    if (closed) made.end()
    else keep(made)
  }

  async function answer(actor: Actor, frame: Asking) {
    let before: Accepted | undefined
    const tell: Tell = (accepted, { again }) => {
      send(accepted)
      if (again) before = accepted
      else if (!closed && !follows?.has(accepted.conversationId))
        keep(followers(deps).follow(accepted.conversationId, listener))
    }
    try {
      await begin(deps, actor, frame, tell)
    } catch (error) {
      const { code, params } = publicError(deps, error)
      return void send({ type: "refused", requestId: frame.requestId, code, params })
    }
    if (before) await look(actor, { ...before, after: 0 })
  }

  return {
    receive(message) {
      const { data: frame, error } = clientFrame.safeParse(message)
      if (!frame)
        return void send(invalid(new AppError("input.invalid", { detail: inWords(error) })))
      if (frame.type === "ping") return void send({ type: "pong" })
      if (waiting >= waitingMax) return shut(closeCodes.tooManyFrames, "too many frames at once")
      waiting++
      tail = tail
        .then(() => (closed ? undefined : handle(frame)))
        .catch((error) => void send(invalid(publicError(deps, error))))
        .finally(() => waiting--)
    },
    drain() {
      full = false
      for (const one of follows?.values() ?? []) one.catchUp()
    },
    dismiss: () => shut(closeCodes.restarting, "server.stopping"),
    close,
  }
}

type Asking = Extract<ClientFrame, { type: "ask" | "regenerate" | "continue" }>

function begin(deps: Deps, actor: Actor, frame: Asking, tell: Tell): Promise<void> {
  if (frame.type === "ask") return ask(deps, actor, frame, tell)
  if (frame.type === "regenerate") return regenerate(deps, actor, frame, tell)
  return continueAnswer(deps, actor, frame, tell)
}

/** Frames that a later one replaces. */
const isProgress = ({ type }: ServerFrame) => type === "delta" || type === "snapshot"

const invalid = ({ code, params }: AppError): ServerFrame => ({ type: "invalid", code, params })

function publicError(deps: Deps, error: unknown): AppError {
  const known = AppError.from(error)
  if (known.code === "internal") deps.log.error("a frame failed", { cause: known.cause })
  return known
}
