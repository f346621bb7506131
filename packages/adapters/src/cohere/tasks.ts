import type { Tasks, Upstream } from "../spec/index.ts"
import { taskOf } from "../wire/ask-task.ts"
import { count, record } from "../wire/json.ts"
import type { ChatProtocol } from "../wire/protocol.ts"
import { splice } from "../wire/splice.ts"
import { fieldsOf, textsOf, vectorsTold } from "../wire/vectors.ts"
import { addressOf, headersOf } from "./request.ts"

/** @see https://docs.cohere.com/reference/embed */
const embeddings = (judge: ChatProtocol["judge"]) =>
  taskOf({
    buildRequest(request, upstream: Upstream) {
      const { dimensions, input_type, truncate } = fieldsOf(request)
      const body = {
        model: request.model,
        texts: textsOf(request),
        // OpenAI's callers do not say what the vectors are for.
        input_type: input_type ?? "search_document",
        embedding_types: ["float"],
        output_dimension: dimensions ?? undefined,
        truncate,
      }
      return {
        url: addressOf("embed", upstream),
        headers: headersOf(upstream),
        body: JSON.stringify(body),
      }
    },
    readDocument({ embeddings, meta }, request) {
      const { float } = record(embeddings)
      const counted = count(record(record(meta).billed_units).input_tokens)
      return vectorsTold(Array.isArray(float) ? float : [], request, counted)
    },
    judge,
  })

/** The shape others took over. Units are searches, not tokens. @see https://docs.cohere.com/reference/rerank */
const rerank = (judge: ChatProtocol["judge"]) =>
  taskOf({
    buildRequest: ({ model, body }, upstream: Upstream) => ({
      url: addressOf("rerank", upstream),
      headers: headersOf(upstream),
      body:
        body.type === "json"
          ? splice(body.text, new Map([["model", JSON.stringify(model)]]))
          : body.form,
    }),
    readDocument: () => ({}),
    judge,
  })

export const tasks = (judge: ChatProtocol["judge"]): Tasks => ({
  embeddings: embeddings(judge),
  rerank: rerank(judge),
})
