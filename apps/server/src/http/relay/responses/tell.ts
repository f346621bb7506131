import type { Usage } from "@nio/adapters"
import type { AppError } from "../../../core/error.ts"
import type { AnswerHead, StreamWriter, WholeWriter } from "../dialect.ts"
import { errorFields } from "./errors.ts"
import { createOutput } from "./output.ts"
import type { ResponsesRequest } from "./read-request.ts"
import { emptyResponse, endedResponse, failedResponse } from "./response-object.ts"

/** One event of a stream. Its name is there twice: clients look at either. */
export const frame = (type: string, fields: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`

/** An answer told as a stream, from `response.created` to the whole response at its end. */
export function tell(asked: ResponsesRequest, head: AnswerHead): StreamWriter {
  const empty = emptyResponse(asked, head)
  let said = ""
  let number = 0
  const emit = (type: string, fields: object) => {
    said += frame(type, { sequence_number: number++, ...fields })
  }
  const output = createOutput(head.id, asked.calledAs, emit)
  const take = () => {
    const frames = said
    said = ""
    return frames
  }

  emit("response.created", { response: empty })
  emit("response.in_progress", { response: empty })

  return {
    write({ events }) {
      for (const event of events) output.add(event)
      return take()
    },
    async end(count: () => Promise<Usage>) {
      output.end()
      const response = endedResponse(empty, output, output.usage() ?? (await count()))
      await asked.keep?.(response)
      emit(`response.${response.status}`, { response })
      return take()
    },
    async fail(error: AppError) {
      output.end(true)
      const response = failedResponse(empty, output.items(), error)
      await asked.keep?.(response)
      emit("error", errorFields(error))
      emit("response.failed", { response })
      return take()
    },
  }
}

/** An answer told as one document. */
export function whole(asked: ResponsesRequest, head: AnswerHead): WholeWriter {
  const output = createOutput(head.id, asked.calledAs, () => undefined)
  return {
    add(events) {
      for (const event of events) output.add(event)
    },
    async body(counted) {
      output.end()
      const response = endedResponse(emptyResponse(asked, head), output, output.usage() ?? counted)
      await asked.keep?.(response)
      return response
    },
  }
}
