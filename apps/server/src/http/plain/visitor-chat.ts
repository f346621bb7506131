import { Elysia } from "elysia"
import { type VisitorFrame, type VisitorQuestion, visitorQuestion } from "../../contract/index.ts"
import { askAsVisitor } from "../../core/chat/ask-as-visitor.ts"
import { saidIn } from "../../core/chat/said-in.ts"
import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import type { Generation } from "../../core/generation/generation.ts"
import { isTrustedOrigin } from "../auth.ts"
import { inWords } from "../in-words.ts"
import type { AllowedOrigin } from "../origins.ts"
import { addressOf, type Proxies } from "../proxies.ts"
import { parseObject, readBytes } from "../relay/read-body.ts"
import { preflight, shared } from "../strict-cors.ts"

type Options = Proxies & { allowOrigins: readonly AllowedOrigin[] }

/** A conversation of a browser without an account, with room for what JSON adds. */
const bodyBytesMax = 8 * 1024 * 1024

/**
 * `POST /visitor/chat`: an answer for somebody without an account, a `VisitorFrame` a line. Whoever
 * hangs up ends it: there is no conversation it could go on in.
 */
export const visitorChat = (deps: Deps, { allowOrigins, ...proxies }: Options) =>
  new Elysia({ name: "visitor-chat" })
    .options("/visitor/chat", ({ request }) => preflight(request, allowOrigins))
    .post(
      "/visitor/chat",
      async ({ request, server }) => {
        const peer = server?.requestIP(request)?.address
        // A model may think for longer than Bun lets a connection rest.
        server?.timeout(request, 0)
        const answer = isTrustedOrigin(deps, request, allowOrigins, proxies)
          ? await respond(deps, request, addressOf(request, peer, proxies))
          : refused(new AppError("auth.forbidden"))
        return shared(answer, request, allowOrigins)
      },
      { parse: "none" },
    )

async function respond(deps: Deps, request: Request, address: string): Promise<Response> {
  const hangUp = new AbortController()
  try {
    const signal = AbortSignal.any([request.signal, hangUp.signal])
    const generation = await askAsVisitor(deps, { address, signal }, await read(request))
    return new Response(tell(deps, generation, hangUp), { headers })
  } catch (error) {
    return refused(known(deps, error))
  }
}

const headers = { "content-type": "application/x-ndjson", "cache-control": "no-store" }

async function read(request: Request): Promise<VisitorQuestion> {
  const text = new TextDecoder().decode(await readBytes(request, bodyBytesMax))
  const { data, error } = visitorQuestion.safeParse(parseObject(text))
  if (error) throw new AppError("input.invalid", { detail: inWords(error) })
  return data
}

const refused = ({ status, code, params }: AppError) => Response.json({ code, params }, { status })

function known(deps: Deps, error: unknown): AppError {
  const it = AppError.from(error)
  if (it.code === "internal") deps.log.error("a visitor was not answered", { cause: it.cause })
  return it
}

/** Read no faster than the visitor reads. */
function tell(deps: Deps, generation: Generation, hangUp: AbortController) {
  const line = (frame: VisitorFrame) => new TextEncoder().encode(`${JSON.stringify(frame)}\n`)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const delta = await nextSaid(generation)
          controller.enqueue(line(delta ?? { type: "done" }))
          if (!delta) controller.close()
        } catch (error) {
          const { code, params } = known(deps, error)
          controller.enqueue(line({ type: "failed", code, params }))
          controller.close()
        }
      },
      cancel() {
        generation.close()
        hangUp.abort()
      },
    },
    { highWaterMark: 0 },
  )
}

/** The next batch that says something; undefined at the end. */
async function nextSaid(generation: Generation): Promise<VisitorFrame | undefined> {
  for (let batch = await generation.next(); batch; batch = await generation.next()) {
    const { text, reasoning } = saidIn(batch.events)
    if (text || reasoning)
      return { type: "delta", ...(text && { text }), ...(reasoning && { reasoning }) }
  }
  return undefined
}
