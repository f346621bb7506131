import type { MessageView, ServerFrame } from "../../../contract/index.ts"
import type { Actor } from "../../../core/actor.ts"
import type { Accepted, Tell } from "../../../core/chat/accept.ts"
import { ask } from "../../../core/chat/ask.ts"
import type { Listener } from "../../../core/chat/broadcast.ts"
import { findByNumber, numberOf } from "../../../core/chat/conversation-numbers.ts"
import { editOnPath, removeFromPath } from "../../../core/chat/edit-path.ts"
import { type Follow, followers } from "../../../core/chat/followers.ts"
import { getLeaf } from "../../../core/chat/get-leaf.ts"
import { regenerate } from "../../../core/chat/regenerate.ts"
import { renameConversation } from "../../../core/chat/rename-conversation.ts"
import {
  type Opening,
  prependMessages,
  startConversation,
} from "../../../core/chat/start-conversation.ts"
import { stopRun } from "../../../core/chat/stop-run.ts"
import { titleOf } from "../../../core/chat/title.ts"
import type { Deps } from "../../../core/deps.ts"
import { AppError } from "../../../core/error.ts"
import { splitPictures } from "../content.ts"
import { textOfFailure } from "../texts.ts"
import { type ClientFrame, modelOf, styleOf } from "./frames.ts"
import { emptyText, type Room, type Talk } from "./talk.ts"
import type { Turn } from "./turn.ts"

type Done = Extract<ServerFrame, { type: "done" }>

type Member = Room & {
  /** Judged anew for every frame. @throws AppError when they may not go on */
  actor: () => Promise<Actor>
  /** Of the conversation that goes on; anything that is none begins a new one. */
  number: number
}

/**
 * The conversation of somebody with an account. A turn is a run of it like any other: it is seen in
 * the web app while it lasts, and goes on when the client leaves.
 */
export function createMemberTalk(deps: Deps, { actor: judge, number, hasRoom }: Member): Talk {
  let id: string | null | undefined
  let pending: { opening: readonly Opening[]; title?: string | undefined } = { opening: [] }
  let run: { id: string; follow: Follow } | undefined
  let stopping = false

  /** The conversation, once there is one. */
  async function bound(actor: Actor): Promise<string | null> {
    if (id === undefined)
      id = await findByNumber(deps, actor, number).then(
        (row) => row.id,
        (error) => nullWhenMissing(error),
      )
    return id
  }

  /** Where a question goes: a conversation that begins with something is made first. */
  async function placeFor(actor: Actor, { model, text }: { model: string; text: string }) {
    const known = await bound(actor)
    if (known !== null) return { conversationId: known, parentId: await leafOf(actor, known) }
    const { opening, title } = pending
    if (opening.length === 0 && title === undefined) return { conversationId: null, parentId: null }
    const made = await startConversation(deps, actor, {
      title: title ?? titleOf(text),
      model,
      opening,
    })
    id = made.id
    pending = { opening: [] }
    return { conversationId: made.id, parentId: made.leafId }
  }

  async function leafOf(actor: Actor, conversationId: string): Promise<string | null> {
    try {
      return await getLeaf(deps, actor, conversationId)
    } catch (error) {
      // Deleted elsewhere: the next question begins another one.
      if (nullWhenMissing(error) === null) id = null
      throw error
    }
  }

  /** Follows what `begin` begins, and tells it to its end. */
  async function tell(actor: Actor, turn: Turn, begin: (tell: Tell) => Promise<void>) {
    const { promise: done, resolve: finish } = Promise.withResolvers<Done>()
    let told = 0
    let ready = false
    const listener: Listener = {
      deliver(frame) {
        if (!("runId" in frame) || frame.runId !== run?.id) return true
        if (frame.type === "done") finish(frame)
        if (frame.type !== "delta" && frame.type !== "snapshot") return true
        if (!ready || !hasRoom()) return false
        say(frame.type === "delta" ? (frame.text ?? "") : frame.text.slice(told))
        return true
      },
    }
    function say(words: string) {
      told += words.length
      turn.say(words)
    }
    const accepted = ({ conversationId, runId }: Accepted) => {
      id = conversationId
      run = { id: runId, follow: followers(deps).follow(conversationId, listener) }
    }

    stopping = false
    try {
      await begin(accepted)
      if (!run || !id) throw new AppError("conversation.not-found")
      turn.begin(await numberOf(deps, actor, id))
      if (stopping) await stopRun(deps, actor, run.id)
      ready = true
      run.follow.catchUp()
      const end = await done
      say(end.message.text.slice(told))
      turn.end({ ...endOf(end.message), plan: end.plan ?? false })
    } finally {
      run?.follow.end()
      run = undefined
    }
  }

  return {
    async ask(frame, turn) {
      const actor = await judge()
      const model = modelOf(frame)
      const { text, images } = splitPictures(frame.message)
      const place = await placeFor(actor, { model, text })
      const question = { ...asking(deps, frame), ...place, type: "ask", text, images } as const
      const style = { ...styleOf(frame), afterQuestion: true }
      await tell(actor, turn, (accepted) => ask(deps, actor, question, accepted, style))
    },
    async again(frame, turn) {
      const actor = await judge()
      const known = await bound(actor)
      const leaf = known && (await leafOf(actor, known))
      if (!leaf) throw new AppError("message.not-found")
      const wanted = { ...asking(deps, frame), type: "regenerate", messageId: leaf } as const
      await tell(actor, turn, (accepted) =>
        regenerate(deps, actor, wanted, accepted, styleOf(frame)),
      )
    },
    async edit(index, text) {
      const actor = await judge()
      const known = await bound(actor)
      if (known) await editOnPath(deps, actor, { id: known, index, text })
    },
    async remove(index) {
      const actor = await judge()
      const known = await bound(actor)
      if (known) await removeFromPath(deps, actor, { id: known, index })
    },
    async prepend(opening, title) {
      const actor = await judge()
      const known = await bound(actor)
      if (known === null) {
        pending = { opening: [...opening, ...pending.opening], title: title ?? pending.title }
        return
      }
      await prependMessages(deps, actor, known, opening)
      if (title !== undefined) await renameConversation(deps, actor, known, title)
    },
    stop() {
      stopping = true
      const current = run?.id
      if (current)
        void judge()
          .then((actor) => stopRun(deps, actor, current))
          .catch((cause) => deps.log.warn("a run was not stopped", { cause }))
    },
    drain: () => run?.follow.catchUp(),
    close: () => run?.follow.end(),
  }
}

const asking = (deps: Deps, frame: ClientFrame) => ({
  requestId: deps.newId(),
  model: modelOf(frame),
  ...(frame.web && { web: true }),
})

/** An answer that broke off keeps its words; the reason comes after them. */
function endOf({ state, failure, text, charge }: MessageView): Parameters<Turn["end"]>[0] {
  const paid = { charge: charge ?? 0 }
  if (failure) return { message: textOfFailure(failure), ...paid }
  if (text === "" && state === "done") return { message: emptyText, ...paid }
  return paid
}

function nullWhenMissing(error: unknown): null {
  if (AppError.from(error).code === "conversation.not-found") return null
  throw error
}
