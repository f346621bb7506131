import { providers } from "../index.ts"
import type { TaskKind } from "../spec/index.ts"
import type { AnswerWith, SimulatedUpstream } from "./simulate.ts"
import { upstreamAt } from "./told.ts"

/** Does the work, and gives what came of it with the requests it took. */
export async function performTask(
  up: SimulatedUpstream,
  id: string,
  kind: TaskKind,
  model: string,
  asked: Record<string, unknown> | FormData,
  answer: AnswerWith,
  key = "sk-test-secret",
) {
  up.answerWith(answer)
  const body =
    asked instanceof FormData
      ? { type: "form" as const, form: asked }
      : { type: "json" as const, text: JSON.stringify(asked), fields: asked }
  const task = providers.get(id)!.tasks![kind]!
  const told = await task({ kind, model, body }, upstreamAt(up.url, { key }))
  const batch = await told.next()
  const { bytes, signs } = batch!
  const type = told.headers["content-type"] ?? ""
  const document = /json/.test(type) ? JSON.parse(Buffer.from(bytes).toString()) : undefined
  return { document, bytes, type, usage: signs.usage, seen: up.requests }
}
