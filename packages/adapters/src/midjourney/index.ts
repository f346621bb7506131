import type { Answer, ChatRequest, Provider, Upstream } from "../spec/index.ts"
import { getJson } from "../wire/get-json.ts"
import { record } from "../wire/json.ts"
import { pollAnswer } from "../wire/poll.ts"
import { errorOf } from "../wire/upstream-error.ts"
import { commandOf, taskNamed } from "./command.ts"
import { idOf, judge, refusalOf } from "./errors.ts"
import { models } from "./models.ts"
import { look, partsOf, submission } from "./request.ts"
import { createTaskReader } from "./task.ts"

/**
 * Midjourney by way of a self-hosted midjourney-proxy, or one of its many relatives.
 *
 * @see https://github.com/novicezk/midjourney-proxy
 */
export const midjourney: Provider = {
  id: "midjourney",
  name: "Midjourney Proxy",
  baseUrl: "https://your.midjourney.proxy",
  keyFormat: "mj-api-secret|ip,ip",
  models,
  dialect: undefined,
  chat: draw,
  goesOnFrom: taskNamed,
  noticesFrom: (key) => partsOf(key).addresses,
}

/** Taken on, and queued. */
const accepted = [1, 22]
/** A change that was asked for before goes on being the same task. */
const alreadyThere = 21

async function draw(request: ChatRequest, upstream: Upstream): Promise<Answer> {
  const command = commandOf(request)
  const notice = await upstream.expectNotice?.()
  try {
    const asked = submission(command, request, upstream, notice?.url)
    const reply = record(await getJson({ judge }, asked, upstream))
    const fine = command.type === "imagine" ? accepted : [...accepted, alreadyThere]
    const refusal = refusalOf(reply, fine)
    if (refusal) throw errorOf({ judge }, refusal, upstream)

    const id = idOf(reply) ?? ""
    const read = createTaskReader({
      id,
      model: request.alias ?? request.model,
      quiet: !request.stream,
      upscaled: command.type === "change" && command.action === "UPSCALE",
    })
    const answer = pollAnswer({ judge, look: look(id, upstream), read }, upstream, notice)
    return { ...answer, work: id }
  } catch (error) {
    notice?.close()
    throw error
  }
}
