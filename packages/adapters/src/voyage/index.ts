import { openaiCompatible } from "../openai/compatible.ts"
import { rerank } from "./rerank.ts"

/** Vectors and ranking alone. @see https://docs.voyageai.com/reference/embeddings-api */
export const voyage = openaiCompatible(
  {
    id: "voyage",
    name: "Voyage AI",
    baseUrl: "https://api.voyageai.com",
    keyFormat: "pa-…",
    models: ["voyage-4-large", "voyage-4", "voyage-3.5", "voyage-code-3", "rerank-2.5"],
  },
  {
    tasks: ["embeddings"],
    // It says float by saying nothing.
    taskEdits: ({ body }) => ({
      ...(body.type === "json" && { output_dimension: body.fields.dimensions ?? undefined }),
      dimensions: undefined,
      ...(body.type === "json" && body.fields.encoding_format === "float"
        ? { encoding_format: undefined }
        : {}),
    }),
    ownTasks: { rerank },
  },
)
