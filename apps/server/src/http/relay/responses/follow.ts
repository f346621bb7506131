import type { Run } from "../../../core/responses/background.ts"
import { type Call, headersOf } from "../call.ts"
import { streamHeaders } from "../chat.ts"
import type { KeepAlive } from "../keep-alive.ts"
import { streamBody } from "../stream-body.ts"
import { responses } from "./index.ts"
import { frame } from "./tell.ts"

type Body = Readonly<Record<string, unknown>>

/**
 * What is told of an answer in the background, from the event of that number on. Of one that is not
 * written here any more, only its end is left to tell.
 */
export function follow(keepAlive: KeepAlive, call: Call, of: Run | Body, from: number): Response {
  call.server?.timeout(call.request, 0)
  const source = isRun(of) ? piecesOf(of, from) : [lastOf(of, from)].values()
  const body = streamBody(
    {
      async next() {
        const { value } = await source.next()
        return value === undefined ? undefined : encoder.encode(value)
      },
      cancel: () => undefined,
    },
    keepAlive,
    responses.ping as Uint8Array,
  )
  return new Response(body, { headers: { ...streamHeaders(streamType), ...headersOf(call) } })
}

const streamType = responses.streamType as string
const encoder = new TextEncoder()

const isRun = (of: Run | Body): of is Run => "told" in of

async function* piecesOf(run: Run, from: number): AsyncGenerator<string> {
  for (let at = from; ; ) {
    const pieces = run.told.slice(at)
    at += pieces.length
    if (pieces.length > 0) yield pieces.join("")
    else if (run.endedAt) return
    else await run.moved()
  }
}

const lastOf = (response: Body, sequence_number: number) =>
  frame(`response.${response.status}`, { sequence_number, response })
