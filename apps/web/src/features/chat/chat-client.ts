import type { ClientFrame, Failure, MessageView, ServerFrame } from "@nio/server/contract"
import { ChatSocket, type SocketState } from "../../lib/chat-socket.ts"
import { whenSignedOut } from "../../lib/signed-out.ts"
import { createStore } from "../../lib/store.ts"
import { api, trpcClient } from "../../lib/trpc.ts"
import { putMessage, setRun } from "./conversation-cache.ts"
import { liveAnswers } from "./live-answers.ts"

type FrameOf<Type extends ServerFrame["type"]> = Extract<ServerFrame, { type: Type }>
type Asking = Extract<ClientFrame, { type: "ask" | "regenerate" | "continue" }>
type WithoutId<T> = T extends unknown ? Omit<T, "requestId"> : never

/** The server did not take the ask; what was written stays where it is. */
export class Refused extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/** How long an ask may wait for a connection before its writer is told. */
const acceptWithinMs = 30_000

type Pending = {
  frame: Asking
  resolve: (accepted: FrameOf<"accepted">) => void
  reject: (refused: Refused) => void
}

const pending = new Map<string, Pending>()
const followed = new Set<string>()

export const socketState = createStore<SocketState>("closed")
/** The last answer that ended, for those who hear the page. */
export const lastFinished = createStore<MessageView | null>(null)

const socket = new ChatSocket({
  ticket: async () => (await trpcClient.chat.ticket.mutate()).ticket,
  onFrame: receive,
  onState(state) {
    socketState.set(state)
    if (state === "open") resume()
  },
})

/** Asks for an answer. @throws Refused */
export function ask(question: WithoutId<Asking>): Promise<FrameOf<"accepted">> {
  const frame = { ...question, requestId: crypto.randomUUID() } as Asking
  const { promise, resolve, reject } = Promise.withResolvers<FrameOf<"accepted">>()
  pending.set(frame.requestId, { frame, resolve, reject })
  setTimeout(() => refuse(frame.requestId, { code: "network", params: {} }), acceptWithinMs)
  socket.open()
  socket.send(frame)
  return promise
}

export const stop = (runId: string) => socket.send({ type: "stop", runId })

/** Follows a conversation until the returned function is called. */
export function follow(conversationId: string): () => void {
  followed.add(conversationId)
  socket.open()
  sendFollow(conversationId)
  return () => {
    followed.delete(conversationId)
    socket.send({ type: "unfollow", conversationId })
  }
}

/** Nothing of it may reach the next person. */
whenSignedOut.add(() => {
  socket.close()
  followed.clear()
  for (const id of pending.keys()) refuse(id, { code: "auth.required", params: {} })
})

function sendFollow(conversationId: string) {
  const live = liveAnswers.inConversation(conversationId)
  const from = { runId: live?.runId ?? null, after: live?.seq ?? 0 }
  socket.send({ type: "follow", conversationId, ...from })
}

/** After a break: hear what was missed, and repeat the asks nobody answered. Both are harmless. */
function resume() {
  for (const id of followed) sendFollow(id)
  for (const { frame } of pending.values()) socket.send(frame)
}

function refuse(requestId: string, failure: Failure) {
  pending.get(requestId)?.reject(new Refused(failure))
  pending.delete(requestId)
}

function receive(frame: ServerFrame) {
  switch (frame.type) {
    case "accepted":
      followed.add(frame.conversationId)
      begin(frame)
      pending.get(frame.requestId)?.resolve(frame)
      pending.delete(frame.requestId)
      void api.conversation.list.invalidate()
      return
    case "refused":
      return refuse(frame.requestId, { code: frame.code, params: frame.params })
    case "started":
      return begin(frame)
    case "snapshot":
      return replace(frame)
    case "delta":
      return append(frame)
    case "done":
      return finish(frame)
    case "idle":
      return settle(frame.conversationId)
  }
}

function begin(frame: FrameOf<"accepted"> | FrameOf<"started">) {
  const { conversationId, runId, question, answer } = frame
  if (question) putMessage(conversationId, question)
  putMessage(conversationId, answer)
  setRun(conversationId, runId, answer.id)
  if (liveAnswers.of(answer.id)?.runId === runId) return
  const { id: messageId, text, reasoning } = answer
  liveAnswers.set({ runId, conversationId, messageId, seq: 0, text, reasoning })
}

function replace({ runId, messageId, seq, text, reasoning }: FrameOf<"snapshot">) {
  const live = liveAnswers.of(messageId) ?? liveAnswers.ofRun(runId)
  if (live) liveAnswers.set({ ...live, runId, seq, text, reasoning })
}

function append({ runId, seq, text = "", reasoning = "" }: FrameOf<"delta">) {
  const live = liveAnswers.ofRun(runId)
  if (!live || seq <= live.seq) return
  if (seq > live.seq + 1) return sendFollow(live.conversationId)
  liveAnswers.set({
    ...live,
    seq,
    text: live.text + text,
    reasoning: live.reasoning + reasoning,
  })
}

function finish({ conversationId, message }: FrameOf<"done">) {
  putMessage(conversationId, message)
  setRun(conversationId, null)
  liveAnswers.end(message.id)
  lastFinished.set(message)
  void api.account.balance.invalidate()
  void api.conversation.list.invalidate()
}

/** Nothing runs there: whatever still looks as if it did ended while we were away. */
function settle(conversationId: string) {
  const live = liveAnswers.inConversation(conversationId)
  const known = api.conversation.get.getData({ id: conversationId })
  if (!live && !known?.runId && !known?.messages.some(({ state }) => state === "writing")) return
  void api.conversation.get.invalidate({ id: conversationId }).then(() => {
    if (live) liveAnswers.end(live.messageId)
  })
}
