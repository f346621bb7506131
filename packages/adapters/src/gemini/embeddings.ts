import { taskOf } from "../wire/ask-task.ts"
import { count, record, records } from "../wire/json.ts"
import { fieldsOf, textsOf, vectorsTold } from "../wire/vectors.ts"
import { judge } from "./errors.ts"
import { addressOf } from "./request.ts"

/** @see https://ai.google.dev/api/embeddings#method:-models.batchembedcontents */
export const embeddings = taskOf({
  buildRequest(request, upstream) {
    const name = request.model.replace(/^models\//, "")
    const { dimensions, task_type } = fieldsOf(request)
    const requests = textsOf(request).map((text) => ({
      model: `models/${name}`,
      content: { parts: [{ text }] },
      outputDimensionality: dimensions ?? undefined,
      taskType: task_type,
    }))
    return {
      url: addressOf(name, "batchEmbedContents", upstream),
      headers: { "x-goog-api-key": upstream.key },
      body: JSON.stringify({ requests }),
    }
  },
  readDocument(document, request) {
    const vectors = records(document.embeddings).map(({ values }) => values)
    return vectorsTold(vectors, request, count(record(document.usageMetadata).promptTokenCount))
  },
  judge,
})
