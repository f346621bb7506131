import { storedResponses } from "@nio/db"
import type { Actor } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { nodeState } from "../node-state.ts"
import { findResponse, isUnderWay } from "./find-response.ts"

/** An answer that is written without anybody waiting for it. */
export type Run = {
  /** Aborted when it is cancelled. */
  signal: AbortSignal
  /** What has been told of it so far, piece by piece. */
  told: readonly string[]
  tell(pieces: string): void
  end(): void
  /** Resolves when there is more to tell, or it has ended. */
  moved(): Promise<void>
  /** When it ended. */
  endedAt?: number
}

const topic = "responses-cancel"
/** How long one that has ended can still be followed by whoever lost the connection. */
const followMs = 60_000

/** The answers this node writes. Any node may be asked to cancel one. */
const runs = nodeState((deps) => {
  const byId = new Map<string, { run: Run; cancel: () => void }>()
  deps.bus
    .subscribe(topic, (id) => byId.get(id)?.cancel())
    .catch((cause) => deps.log.warn("other nodes are heard late", { cause }))
  return byId
})

export const runHere = (deps: Deps, id: string): Run | undefined => runs(deps).get(id)?.run

/** Lets an answer be written without its caller. */
export function beginRun(deps: Deps, id: string): Run {
  const here = runs(deps)
  const longAgo = deps.now() - followMs
  for (const [known, { run }] of here) if ((run.endedAt ?? longAgo) < longAgo) here.delete(known)

  const controller = new AbortController()
  const told: string[] = []
  let waiting = Promise.withResolvers<void>()
  const wake = () => {
    waiting.resolve()
    waiting = Promise.withResolvers()
  }
  const run: Run = {
    signal: controller.signal,
    told,
    tell(pieces) {
      told.push(...pieces.split(/(?<=\n\n)/).filter((piece) => piece !== ""))
      wake()
    },
    end() {
      run.endedAt = deps.now()
      wake()
    },
    moved: () => waiting.promise,
  }
  const cancel = () => controller.abort(new DOMException("The answer was cancelled.", "AbortError"))
  here.set(id, { run, cancel })
  return run
}

/** Tells whichever node writes the answer to stop. */
export function cancelRun(deps: Deps, id: string): void {
  runs(deps).get(id)?.cancel()
  deps.bus.publish(topic, id).catch((cause) => deps.log.warn("bus failed", { cause }))
}

/** Keeps how an answer in the background ended, unless it was cancelled or deleted meanwhile. */
export async function endRun(deps: Deps, actor: Actor, response: { id: string }): Promise<void> {
  const { id } = response
  try {
    const { body, keyId } = await findResponse(deps, actor, id)
    if (isUnderWay(body)) await storedResponses.update(deps.db, { keyId, id }, { body: response })
  } catch (cause) {
    deps.log.info("an answer in the background is nobody's any more", { response: id, cause })
  }
}
