import { judge } from "../openai/errors.ts"
import { usageOfTask } from "../openai/task-usage.ts"
import { taskOf } from "../wire/ask-task.ts"
import { records } from "../wire/json.ts"
import { fieldsOf } from "../wire/vectors.ts"

/** Others say `top_n` and `results`. @see https://docs.voyageai.com/reference/reranker-api */
export const rerank = taskOf({
  buildRequest(request, { baseUrl, key }) {
    const { top_n, top_k, ...fields } = fieldsOf(request)
    const body = { ...fields, model: request.model, top_k: top_n ?? top_k }
    return {
      url: `${baseUrl}${baseUrl.endsWith("/v1") ? "" : "/v1"}/rerank`,
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    }
  },
  readDocument({ data, model, usage }) {
    const told = usageOfTask({ usage }, { kind: "rerank" })
    return { body: { model, results: records(data), usage }, usage: told }
  },
  judge,
})
