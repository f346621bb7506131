import type { ServerFrame } from "@nio/server/contract"
import type { Operator } from "./operator.ts"

/** Asks over the chat socket until the conversation has so many messages. @returns its id. */
export async function writeConversation(port: number, operator: Operator, messages: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/chat?ticket=${await operator.ticket()}`)
  let conversationId: string | null = null
  let parentId: string | null = null
  let done = Promise.withResolvers<void>()
  socket.onmessage = ({ data }) => {
    const frame: ServerFrame = JSON.parse(String(data))
    if (frame.type === "accepted") ({ conversationId } = frame)
    if (frame.type === "refused" || frame.type === "invalid") done.reject(new Error(String(data)))
    if (frame.type !== "done") return
    parentId = frame.message.id
    done.resolve()
  }
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error("the chat socket was refused"))
  })

  for (let sent = 0; sent < messages; sent += 2) {
    done = Promise.withResolvers()
    const ask = { type: "ask", requestId: crypto.randomUUID(), conversationId, parentId }
    socket.send(
      JSON.stringify({ ...ask, model: "short", text: `Question ${sent / 2 + 1}?`, images: [] }),
    )
    await done.promise
  }
  socket.close()
  if (conversationId === null) throw new Error("no conversation was made")
  return conversationId as string
}
