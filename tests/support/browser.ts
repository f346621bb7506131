import type { ClientFrame, ServerFrame } from "@nio/server/contract"

export const testPassword = "correct horse battery"

export type Failed = { status: number; code: string; params: any }

/** What a browser does, over real HTTP and a real socket. */
export type Browser = ReturnType<typeof browserWith>

export async function signIn(url: string, name: string, password = testPassword): Promise<Browser> {
  const visitor = browserWith(url, "")
  const response = await visitor.post("session.signIn", { name, password })
  await resultOf(response)
  const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? ""
  return browserWith(url, cookie)
}

export function browserWith(url: string, cookie: string) {
  const headers = { cookie, "content-type": "application/json" }
  const post = (path: string, input?: unknown, own: Record<string, string> = {}) =>
    fetch(`${url}/trpc/${path}`, {
      method: "POST",
      headers: { ...headers, ...own },
      body: JSON.stringify(input ?? {}),
    })
  const browser = {
    cookie,
    post,
    query: (path: string, input?: unknown): Promise<any> => {
      const search =
        input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`
      return awaited(fetch(`${url}/trpc/${path}${search}`, { headers: { cookie } }).then(resultOf))
    },
    mutate: (path: string, input?: unknown): Promise<any> =>
      awaited(post(path, input).then(resultOf)),
    /** The failure a call ends in. @throws when it succeeds */
    failure: async (call: Promise<unknown>): Promise<Failed> => {
      const error = await call.then(
        () => new Error("it succeeded"),
        (cause) => cause,
      )
      if (!(error instanceof TrpcFailure)) throw error
      return error.failed
    },
    ticket: async (): Promise<string> => (await browser.mutate("chat.ticket")).ticket,
    socket: async () => openSocket(url, await browser.ticket()),
  }
  return browser
}

class TrpcFailure extends Error {
  readonly failed: Failed
  constructor(failed: Failed) {
    super(`${failed.status} ${failed.code} ${JSON.stringify(failed.params)}`)
    this.failed = failed
  }
}

/** Of several calls begun at once, one may fail while another is still being looked at. */
function awaited<T>(call: Promise<T>): Promise<T> {
  call.catch(() => {})
  return call
}

async function resultOf(response: Response) {
  const body: any = await response.json()
  if (!body.error) return body.result.data
  throw new TrpcFailure({ status: response.status, ...body.error.data.app })
}

type FrameOf<Type extends ServerFrame["type"]> = Extract<ServerFrame, { type: Type }>

export type TestSocket = {
  frames: ServerFrame[]
  closed: Promise<{ code: number }>
  send(frame: ClientFrame): void
  sendRaw(data: string | Uint8Array<ArrayBuffer>): void
  /** The next frame of this type that nobody has waited for, now or within three seconds. */
  next<Type extends ServerFrame["type"]>(type: Type, withinMs?: number): Promise<FrameOf<Type>>
  /** What a browser would show of a run by now. */
  textOf(runId: string): string
  close(): void
}

export async function openSocket(url: string, ticket: string): Promise<TestSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/chat?ticket=${ticket}`)
  const frames: ServerFrame[] = []
  const taken = new Set<ServerFrame>()
  let wake = () => {}
  socket.onmessage = ({ data }) => {
    frames.push(JSON.parse(String(data)))
    wake()
  }
  const closed = new Promise<{ code: number }>((resolve) => {
    socket.onclose = ({ code }) => resolve({ code })
  })
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve()
    socket.onerror = () => reject(new Error("the socket did not open"))
  })

  return {
    frames,
    closed,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendRaw: (data) => socket.send(data),
    async next(type, withinMs = 3_000) {
      const deadline = performance.now() + withinMs
      for (;;) {
        const found = frames.find((frame) => frame.type === type && !taken.has(frame))
        if (found) {
          taken.add(found)
          return found as any
        }
        const left = deadline - performance.now()
        if (left <= 0)
          throw new Error(`no ${type} within ${withinMs} ms: ${JSON.stringify(frames)}`)
        await Promise.race([new Promise<void>((resolve) => (wake = resolve)), Bun.sleep(left)])
      }
    },
    textOf(runId) {
      let text = ""
      for (const frame of frames) {
        if (frame.type === "snapshot" && frame.runId === runId) text = frame.text
        if (frame.type === "delta" && frame.runId === runId) text += frame.text ?? ""
        if (frame.type === "done" && frame.runId === runId) text = frame.message.text
      }
      return text
    },
    close: () => socket.close(),
  }
}

/** A socket whose opening request has these headers. Bun's `WebSocket` takes them; the browser's type does not say so. */
export const socketWith = (address: string, headers: Record<string, string>): WebSocket =>
  new WebSocket(address, { headers } as unknown as string[])

let requests = 0
/** A question, with whatever matters to the test. */
export const question = (
  own: Partial<Extract<ClientFrame, { type: "ask" }>> = {},
): ClientFrame => ({
  type: "ask",
  requestId: `request-${++requests}`,
  conversationId: null,
  parentId: null,
  model: "m",
  text: "What is up?",
  images: [],
  ...own,
})
