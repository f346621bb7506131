import { openaiCompatible } from "../openai/compatible.ts"

/** Vectors and ranking alone. @see https://api.jina.ai/docs */
export const jina = openaiCompatible(
  {
    id: "jina",
    name: "Jina AI",
    baseUrl: "https://api.jina.ai",
    keyFormat: "jina_…",
    models: ["jina-embeddings-v4", "jina-embeddings-v3", "jina-reranker-v3", "jina-clip-v2"],
  },
  {
    tasks: ["embeddings", "rerank"],
    // Called otherwise there; numbers are what it answers with when nothing is said.
    taskEdits: ({ kind }) => (kind === "embeddings" ? { encoding_format: undefined } : {}),
  },
)
