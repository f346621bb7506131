import { type ChatRequest, UpstreamError } from "@nio/adapters"
import { channels } from "@nio/db"
import { type ChannelTest, channelConfig } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { servesOf } from "../live/serves.ts"
import { upstreamOf } from "../routing/upstream-of.ts"
import { secretsOf } from "./channel-view.ts"

const testMsMax = 30_000
const textCharsMax = 200

const question = {
  messages: [{ role: "user" as const, content: [{ type: "text" as const, text: "Say hi." }] }],
  stream: true,
  maxTokens: 64,
}

/**
 * Asks the upstream something tiny, for real. Charged to nobody here; the upstream may.
 * @throws AppError `channel.not-found`, `model.unknown`, `input.invalid`
 */
export async function testChannel(
  deps: Deps,
  actor: Actor,
  id: string,
  model: string,
): Promise<ChannelTest> {
  requireAdmin(actor)
  const row = await channels.find(deps.db, id)
  if (!row) throw new AppError("channel.not-found", { id })

  const startedAt = deps.now()
  const ms = () => deps.now() - startedAt
  try {
    const text = await askOnce(deps, row, model)
    return { ok: true, ms: ms(), text: text.slice(0, textCharsMax) }
  } catch (error) {
    if (error instanceof UpstreamError) {
      return { ok: false, ms: ms(), kind: error.kind, message: error.message }
    }
    throw error
  }
}

async function askOnce(deps: Deps, row: channels.ChannelRow, model: string): Promise<string> {
  const { data: config } = channelConfig.safeParse(row.config)
  const provider = config && deps.providers.get(config.provider)
  if (!provider) throw new AppError("input.invalid", { detail: "this channel is not complete" })
  const upstreamModel = servesOf(config).get(model)
  if (upstreamModel === undefined) throw new AppError("model.unknown", { model })

  const request: ChatRequest = { ...question, model: upstreamModel }
  const way = { channel: { ...config, id: row.id }, key: secretsOf(row)[0] ?? "" }
  const limits = { firstByteMs: testMsMax, idleMs: testMsMax, totalMs: testMsMax }
  const { signal } = new AbortController()
  const answer = await provider.chat(request, upstreamOf(deps, way, signal, limits))
  let text = ""
  for (let batch = await answer.next(); batch; batch = await answer.next()) {
    for (const event of batch.events) if (event.type === "text") text += event.delta
  }
  return text
}
