import type { ChatRequest } from "@nio/adapters"
import type { Actor } from "../../../core/actor.ts"
import type { Deps } from "../../../core/deps.ts"
import { AppError } from "../../../core/error.ts"
import { generate } from "../../../core/generation/generate.ts"
import { beginRun, endRun, type Run } from "../../../core/responses/background.ts"
import { storeResponse } from "../../../core/responses/store-response.ts"
import type { Call } from "../call.ts"
import { signed } from "../signed.ts"
import type { ResponsesRequest } from "./read-request.ts"
import { emptyResponse } from "./response-object.ts"
import { tell } from "./tell.ts"

/**
 * Begins an answer that goes on without its caller, who may come back for it, or have it cancelled.
 *
 * @returns the response as far as it is, and what is told of it as it goes on
 * @throws AppError `input.invalid` when it could not be found again
 */
export async function inBackground(
  deps: Deps,
  { id }: Call,
  { actor, asked }: { actor: Actor; asked: ResponsesRequest },
) {
  const { request, input } = asked
  if (asked.fields.store === false)
    throw new AppError("input.invalid", { detail: "background: needs store", param: "background" })
  const head = {
    id: id.replaceAll("-", ""),
    model: request.model,
    created: Math.floor(deps.now() / 1_000),
  }
  const begun = { ...emptyResponse(asked, head), status: "queued" }
  if (!(await storeResponse(deps, actor, { response: begun, input })))
    throw new AppError("input.too-large", { limit: "what can be kept" })

  const run = beginRun(deps, begun.id)
  const keep = (response: { id: string }) => endRun(deps, actor, response)
  void write(deps, { id, actor, run, asked: { ...asked, keep } }, head)
  return { response: begun, run }
}

type Writing = { id: string; actor: Actor; run: Run; asked: ResponsesRequest }

/** Writes it to its end, whatever that is. Never rejects. */
async function write(
  deps: Deps,
  { id, actor, run, asked }: Writing,
  head: Parameters<typeof tell>[1],
) {
  const writer = tell(asked, head)
  try {
    const request = inPieces(asked.request)
    const ask = { id, actor, request, source: "relay" as const, signal: run.signal }
    const generation = await generate(deps, ask)
    for (let batch = await generation.next(); batch; batch = await generation.next())
      run.tell(String(writer.write(signed(batch, generation.dialect, "responses"))))
    run.tell(await writer.end(async () => (await generation.bill).usage))
  } catch (cause) {
    const error = AppError.from(cause)
    deps.log.info("ended in the background", { response: head.id, code: error.code, cause })
    run.tell(String(await writer.fail(error)))
  } finally {
    run.end()
  }
}

/** So that one that is cancelled ends where it was, and not when it would have. */
const inPieces = (request: ChatRequest): ChatRequest =>
  Object.create(request, { stream: { value: true, enumerable: true } })
