import type { Deps } from "../../core/deps.ts"
import { AppError } from "../../core/error.ts"
import type { Generation } from "../../core/generation/generation.ts"
import type { Asked, CallerDialect, StreamWriter } from "./dialect.ts"
import type { Journey } from "./journey.ts"
import type { KeepAlive } from "./keep-alive.ts"
import { signed } from "./signed.ts"
import { type Source, streamBody } from "./stream-body.ts"

const encoder = new TextEncoder()

type Answering<Request extends Asked> = {
  dialect: CallerDialect<Request>
  asked: Request
  generation: Generation
  journey: Journey
}

/**
 * The body of the response, stream or not: the upstream's own bytes for a caller of its dialect,
 * else told from the events.
 *
 * @throws AppError while there is still a status to send
 */
export async function answerBody<Request extends Asked>(
  deps: Deps,
  keepAlive: KeepAlive,
  answering: Answering<Request>,
): Promise<BodyInit> {
  const { dialect, asked, generation } = answering
  if (!asked.request.stream) return wholeBody(deps, answering)
  const writer =
    generation.dialect === dialect.id && generation.stream
      ? dialect.passOn(asked, renameTo(answering))
      : signing(dialect.tell(asked, headOf(deps, answering)), answering)
  return streamBody(endingHonestly(deps, generation, writer), keepAlive, dialect.ping)
}

/** Signatures come back from the caller: then it must be known whose they are. */
const signing = <Request extends Asked>(
  writer: StreamWriter,
  { dialect, generation }: Answering<Request>,
): StreamWriter => ({
  ...writer,
  write: (batch) => writer.write(signed(batch, generation.dialect, dialect.id)),
})

const renameTo = <Request extends Asked>({ generation, asked }: Answering<Request>) =>
  generation.renamed ? asked.request.model : undefined

const headOf = <Request extends Asked>(deps: Deps, { generation, asked }: Answering<Request>) => ({
  id: generation.id.replaceAll("-", ""),
  model: asked.request.model,
  created: Math.floor(deps.now() / 1_000),
})

async function wholeBody<Request extends Asked>(
  deps: Deps,
  answering: Answering<Request>,
): Promise<BodyInit> {
  const { dialect, asked, generation, journey } = answering
  if (generation.dialect === dialect.id && !generation.stream) {
    const batch = await generation.next()
    void generation.next()
    const bytes = batch?.bytes ?? new Uint8Array()
    const model = renameTo(answering)
    return asBody(model === undefined ? bytes : dialect.rename(bytes, model))
  }
  const writer = dialect.whole(asked, headOf(deps, answering))
  const next = () => journey.waitFor(generation.next())
  for (let batch = await next(); batch; batch = await next())
    writer.add(signed(batch, generation.dialect, dialect.id).events)
  const { usage } = await generation.bill
  return JSON.stringify(await writer.body(usage))
}

/** What a network read brought is never shared memory, which a body may not be. */
export const asBody = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>

/** A stream that breaks says so in its own words and then ends, as every SDK expects. */
export function endingHonestly(deps: Deps, generation: Generation, writer: StreamWriter): Source {
  let over = false
  const count = async () => (await generation.bill).usage

  return {
    async next() {
      if (over) return undefined
      try {
        const batch = await generation.next()
        if (batch) return inBytes(writer.write(batch))
        over = true
        return inBytes(await writer.end(count))
      } catch (cause) {
        over = true
        const left = cause instanceof DOMException && cause.name === "AbortError"
        const error = left ? new AppError("request.abandoned") : AppError.from(cause)
        const told = { generation: generation.id, code: error.code, ...(!left && { cause }) }
        deps.log[left ? "info" : "warn"]("stream broken", told)
        return inBytes(await writer.fail(error))
      }
    },
    cancel: () => generation.close(),
  }
}

const inBytes = (said: string | Uint8Array) =>
  typeof said === "string" ? encoder.encode(said) : said
