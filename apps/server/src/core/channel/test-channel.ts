import { type ChatRequest, UpstreamError } from "@nio/adapters"
import type { ChannelTest } from "../../contract/index.ts"
import { type Actor, requireAdmin } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { perform } from "../generation/work.ts"
import { servesOf } from "../live/serves.ts"
import { upstreamOf } from "../routing/upstream-of.ts"
import { type DraftChannel, draftChannel } from "./draft-channel.ts"
import { probeOf } from "./probe-of.ts"

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
  return testModel(deps, await draftChannel(deps, { id }), model)
}

/** @throws AppError `model.unknown` */
export async function testModel(
  deps: Deps,
  draft: DraftChannel,
  model: string,
): Promise<ChannelTest> {
  const startedAt = deps.now()
  const ms = () => deps.now() - startedAt
  try {
    const text = await askOnce(deps, draft, model)
    return { ok: true, ms: ms(), text: text.slice(0, textCharsMax) }
  } catch (error) {
    if (error instanceof UpstreamError) {
      return { ok: false, ms: ms(), kind: error.kind, message: error.message }
    }
    throw error
  }
}

async function askOnce(deps: Deps, draft: DraftChannel, model: string): Promise<string> {
  const { provider, channel, keys } = draft
  const upstreamModel = servesOf(channel).get(model)
  if (upstreamModel === undefined) throw new AppError("model.unknown", { model })

  const request: ChatRequest = { ...question, model: upstreamModel }
  const limits = { firstByteMs: testMsMax, idleMs: testMsMax, totalMs: testMsMax }
  const { signal } = new AbortController()
  const upstream = upstreamOf(deps, { channel, key: { secret: keys[0] ?? "" } }, signal, limits)
  const probe = probeOf(provider, upstreamModel)
  const answer = probe
    ? await perform(provider, probe, upstreamModel, upstream)
    : await provider.chat(request, upstream)
  let text = ""
  for (let batch = await answer.next(); batch; batch = await answer.next()) {
    for (const event of batch.events) if (event.type === "text") text += event.delta
  }
  return text
}
