import { judge as judgeAsOpenai } from "../openai/errors.ts"
import { usageOfTask } from "../openai/task-usage.ts"
import { taskOf } from "../wire/ask-task.ts"
import { record, records } from "../wire/json.ts"
import { fieldsOf } from "../wire/vectors.ts"
import { errors } from "./errors.ts"

/** @see https://help.aliyun.com/zh/model-studio/text-rerank-api */
export const rerank = taskOf({
  buildRequest(request, { baseUrl, key }) {
    const { query, documents, top_n, return_documents } = fieldsOf(request)
    const api = baseUrl.replace(/\/(compatible-mode|api)\/v1$/, "")
    const body = {
      model: request.model,
      input: { query, documents },
      parameters: { top_n: top_n ?? undefined, return_documents },
    }
    return {
      url: `${api}/api/v1/services/rerank/text-rerank/text-rerank`,
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    }
  },
  readDocument({ output, usage }, { model }) {
    const results = records(record(output).results)
    return { body: { model, results, usage }, usage: usageOfTask({ usage }, { kind: "rerank" }) }
  },
  judge: (failure) => judgeAsOpenai(failure, errors),
})
