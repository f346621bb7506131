import type { TaskRequest } from "@nio/adapters"
import type { Deps } from "../../../core/deps.ts"
import { AppError } from "../../../core/error.ts"
import type { Generation } from "../../../core/generation/generation.ts"
import { asBody, endingHonestly } from "../answer-body.ts"
import type { StreamWriter } from "../dialect.ts"
import type { KeepAlive } from "../keep-alive.ts"
import { errorFrame } from "../openai/errors.ts"
import { ping } from "../openai/index.ts"
import { streamBody } from "../stream-body.ts"
import { asEvents, wantsEvents } from "./as-events.ts"
import { picturesTold } from "./pictures.ts"
import { retouched } from "./retouch.ts"

type Answering = { asked: TaskRequest; generation: Generation; request: Request }

/** The body of the response: a document, an event stream, or bytes such as audio. */
export async function taskBody(
  deps: Deps,
  keepAlive: KeepAlive,
  { asked, generation, request }: Answering,
): Promise<BodyInit> {
  if (generation.stream)
    return streamBody(endingHonestly(deps, generation, passOn), keepAlive, ping)
  if (!isJson(generation)) return rawBody(deps, generation)
  const batch = await generation.next()
  void generation.next()
  const bytes = retouched(batch?.bytes ?? new Uint8Array(), asked, generation)
  const told = isPicture(asked) ? await picturesTold(deps, bytes, asked, request) : bytes
  return asBody(wantsEvents(asked) ? asEvents(told, asked.kind) : told)
}

const isPicture = ({ kind }: TaskRequest) => kind.startsWith("image-")

/** Whether it is one document, which can be told otherwise. */
export const isJson = ({ headers }: Pick<Generation, "headers">) =>
  /json/i.test(headers["content-type"] ?? "")

const passOn: StreamWriter = { write: ({ bytes }) => bytes, end: () => "", fail: errorFrame }

/** Nothing may be added to audio, so a failure in the middle can only break the connection. */
function rawBody({ log }: Deps, generation: Generation): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const batch = await generation.next()
          if (batch) controller.enqueue(batch.bytes)
          else controller.close()
        } catch (cause) {
          const { code } = AppError.from(cause)
          log.warn("stream broken", { generation: generation.id, code, cause })
          controller.error()
        }
      },
      cancel: () => generation.close(),
    },
    { highWaterMark: 0 },
  )
}
