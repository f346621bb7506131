import type { ServerFrame } from "@nio/server/contract"
import type { Operator } from "./operator.ts"

/** Asks over the chat socket until the conversation has so many messages. @returns its id. */
export async function writeConversation(
  port: number,
  operator: Operator,
  messages: number,
): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/chat?ticket=${await operator.ticket()}`)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error("the chat socket was refused"))
  })
  let conversationId: string | null = null
  let parentId: string | null = null

  for (let number = 1; number <= messages / 2; number++) {
    const answer = await ask(socket, { conversationId, parentId, text: `Question ${number}?` })
    conversationId = answer.conversationId
    parentId = answer.message.id
  }
  socket.close()
  if (conversationId === null) throw new Error("a conversation needs two messages")
  return conversationId
}

type Question = { conversationId: string | null; parentId: string | null; text: string }

/** Waits when it is told that it asks too often. */
async function ask(socket: WebSocket, question: Question): Promise<ServerFrame & { type: "done" }> {
  const done = Promise.withResolvers<ServerFrame & { type: "done" }>()
  const send = () => {
    const requestId = crypto.randomUUID()
    socket.send(JSON.stringify({ type: "ask", requestId, model: "short", images: [], ...question }))
  }
  socket.onmessage = ({ data }) => {
    const frame: ServerFrame = JSON.parse(String(data))
    if (frame.type === "done") done.resolve(frame)
    if (frame.type === "refused" && frame.code === "rate.limited")
      setTimeout(send, Number(frame.params.seconds) * 1_000)
    else if (frame.type === "refused" || frame.type === "invalid")
      done.reject(new Error(String(data)))
  }
  send()
  return done.promise
}
