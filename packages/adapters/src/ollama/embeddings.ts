import { taskOf } from "../wire/ask-task.ts"
import { count } from "../wire/json.ts"
import { fieldsOf, textsOf, vectorsTold } from "../wire/vectors.ts"
import { apiOf, headersOf } from "./request.ts"

/** @see https://github.com/ollama/ollama/blob/main/docs/api.md#generate-embeddings */
export const embeddings = taskOf({
  buildRequest(request, upstream) {
    const { dimensions, truncate } = fieldsOf(request)
    const { model } = request
    const body = { model, input: textsOf(request), dimensions: dimensions ?? undefined, truncate }
    return {
      url: `${apiOf(upstream)}/embed`,
      headers: headersOf(upstream),
      body: JSON.stringify(body),
    }
  },
  readDocument({ embeddings, prompt_eval_count }, request) {
    const vectors = Array.isArray(embeddings) ? embeddings : []
    return vectorsTold(vectors, request, count(prompt_eval_count))
  },
  judge: () => ({}),
})
