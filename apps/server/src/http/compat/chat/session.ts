import type { Actor } from "../../../core/actor.ts"
import type { Deps } from "../../../core/deps.ts"
import { AppError } from "../../../core/error.ts"
import { sessionWatch } from "../../../core/identity/watch.ts"
import { viewShare } from "../../../core/share/view-share.ts"
import type { Peer, SocketSession } from "../../sockets.ts"
import { callerOf, requireCaller } from "../caller.ts"
import { textOf } from "../texts.ts"
import {
  type ClientFrame,
  clientFrame,
  editIn,
  type Hello,
  hello,
  maskIn,
  placeIn,
} from "./frames.ts"
import { createMemberTalk } from "./member-talk.ts"
import type { Talk } from "./talk.ts"
import { createTurn, type Turn } from "./turn.ts"
import { createVisitorTalk } from "./visitor-talk.ts"

/** Frames that may wait for their turn. */
const waitingMax = 64
/** How long somebody may be silent at first. */
const helloMs = 15_000
/** How often a key is looked at while nothing is asked. */
const keyLookMs = 1_000

const closeCodes = { tooManyFrames: 1008, restarting: 1012, tooSlow: 1013, ended: 4401 } as const

/**
 * One socket of an old client. Its first frame says who it is and which conversation goes on; the
 * others are handled one after the other, each turn to its end, except for what stops one.
 */
export function createCompatSession(deps: Deps, address: string, peer: Peer): SocketSession {
  let talk: Talk | undefined
  let greeted = false
  /** Why the credential was not taken: told to whoever asks. */
  let refusal: AppError | undefined
  let full = false
  let waiting = 0
  let closed = false
  let tail: Promise<void> = Promise.resolve()
  let unwatch = () => {}
  const impatience = setTimeout(() => shut(closeCodes.ended, "nothing was said"), helloMs)

  const hasRoom = () => !full

  function send(frame: object) {
    if (closed) return
    const outcome = peer.send(`${JSON.stringify(frame)}\n`)
    if (outcome === "full") full = true
    if (outcome === "lost") shut(closeCodes.tooSlow, "too slow")
  }

  function shut(code: number, reason: string) {
    if (!closed) peer.close(code, reason)
    close()
  }

  function close() {
    closed = true
    clearTimeout(impatience)
    unwatch()
    talk?.close()
  }

  async function greet(message: unknown) {
    const { data } = hello.safeParse(message)
    if (!data) return shut(closeCodes.ended, "the first frame was not understood")
    clearTimeout(impatience)
    const judge = () => callerOf(deps, data.token, () => address)
    try {
      talk = talkOf(data, await judge(), judge)
      if (data.ref) await show(talk, data.ref)
    } catch (error) {
      refusal = known(deps, error)
    }
    if (closed) close()
  }

  function talkOf({ id: number }: Hello, caller: Actor | undefined, judge: Judge): Talk {
    if (!caller) return createVisitorTalk(deps, { address, hasRoom })
    const end = () => shut(closeCodes.ended, "signed out")
    unwatch = watch(deps, caller, judge, end)
    return createMemberTalk(deps, { actor: () => judge().then(requireCaller), number, hasRoom })
  }

  async function show(to: Talk, hash: string) {
    const { messages, title } = await viewShare(deps, hash)
    await to.prepend(messages, title)
  }

  async function handle(frame: ClientFrame) {
    const { type, message } = frame
    if (type === "" || type === "chat") {
      if (message.trim() !== "") await answer((to, turn) => to.ask(frame, turn))
    } else if (type === "restart") await answer((to, turn) => to.again(frame, turn))
    else if (talk) await change(talk, type, message)
  }

  async function answer(how: (talk: Talk, turn: Turn) => Promise<void>) {
    const turn = createTurn(send)
    try {
      if (!talk) throw refusal ?? new AppError("auth.required")
      await how(talk, turn)
    } catch (error) {
      turn.end({ message: textOf(known(deps, error)) })
    } finally {
      turn.end({})
    }
  }

  /** What is answered with nothing. What makes no sense changes nothing. */
  async function change(to: Talk, type: string, message: string) {
    if (type === "edit") {
      const wanted = editIn(message)
      if (wanted) await to.edit(wanted.index, wanted.text)
    } else if (type === "remove") {
      const index = placeIn(message)
      if (index !== undefined) await to.remove(index)
    } else if (type === "mask") {
      const mask = maskIn(message)
      if (mask) await to.prepend(mask.map(({ role, content }) => ({ role, text: content })))
    } else if (type === "share") await show(to, message)
  }

  function next(work: () => Promise<void>) {
    waiting++
    tail = tail
      .then(() => (closed ? undefined : work()))
      .catch((error) => void known(deps, error))
      .finally(() => waiting--)
  }

  return {
    receive(message) {
      if (waiting >= waitingMax) return shut(closeCodes.tooManyFrames, "too many frames at once")
      if (!greeted) {
        greeted = true
        return next(() => greet(message))
      }
      const { data: frame } = clientFrame.safeParse(message)
      if (!frame || frame.type === "ping") return
      if (frame.type === "stop" || frame.type === "remove") talk?.stop()
      if (frame.type !== "stop") next(() => handle(frame))
    },
    drain() {
      full = false
      talk?.drain()
    },
    dismiss: () => shut(closeCodes.restarting, "the server is restarting"),
    close,
  }
}

type Judge = () => Promise<Actor | undefined>

/** Ends the socket soon after whoever opened it may no longer. @returns what stops the watch */
function watch(deps: Deps, { sessionId }: Actor, judge: Judge, end: () => void): () => void {
  if (sessionId) return sessionWatch(deps).watch(sessionId, end)
  const timer = setInterval(() => {
    judge().catch((error) => {
      if (AppError.from(error).code !== "internal") end()
    })
  }, keyLookMs)
  return () => clearInterval(timer)
}

function known(deps: Deps, error: unknown): AppError {
  const found = AppError.from(error)
  if (found.code === "internal")
    deps.log.error("a frame of an old client failed", { cause: found.cause })
  return found
}
