import type { Failure, VisitorFrame, VisitorQuestion } from "@nio/server/contract"

/** Why there is no answer, or no more of it. */
export class VisitorFailure extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

type Delta = Extract<VisitorFrame, { type: "delta" }>

const offline = () => new VisitorFailure({ code: "network", params: {} })

/**
 * Asks, and tells the answer piece by piece. Resolves at its end.
 * @throws VisitorFailure, or an AbortError
 */
export async function askVisitor(
  question: VisitorQuestion,
  onDelta: (delta: Delta) => void,
  signal: AbortSignal,
): Promise<void> {
  const answer = await fetch("/visitor/chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(question),
    signal,
  }).catch((error) => {
    throw signal.aborted ? error : offline()
  })
  if (!answer.ok || !answer.body) throw new VisitorFailure(await failureIn(answer))
  for await (const frame of framesOf(answer.body, signal)) {
    if (frame.type === "done") return
    if (frame.type === "failed") throw new VisitorFailure(frame)
    onDelta(frame)
  }
  throw offline()
}

async function failureIn(answer: Response): Promise<Failure> {
  const { code = "internal", params = {} } = await answer.json().catch(() => ({}))
  return { code, params }
}

async function* framesOf(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<VisitorFrame> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream).getReader()
  let rest = ""
  for (;;) {
    const { done, value } = await reader.read().catch((error) => {
      throw signal.aborted ? error : offline()
    })
    if (done) return
    const lines = `${rest}${value}`.split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines) yield JSON.parse(line)
  }
}
