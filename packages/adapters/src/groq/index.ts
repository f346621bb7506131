import { openaiCompatible, responsesAddress } from "../openai/compatible.ts"

/** @see https://console.groq.com/docs/openai */
export const groq = openaiCompatible(
  {
    id: "groq",
    name: "Groq",
    baseUrl: "https://api.groq.com/openai",
    keyFormat: "gsk_…",
    models: [
      "openai/gpt-oss-120b",
      "openai/gpt-oss-20b",
      "llama-3.3-70b-versatile",
      "llama-3.1-8b-instant",
      "qwen/qwen3-32b",
      "meta-llama/llama-4-scout-17b-16e-instruct",
      "groq/compound",
    ],
  },
  {
    omit: ["logprobs", "top_logprobs", "logit_bias"],
    responses: { address: responsesAddress },
    tasks: ["speech", "transcription", "translation"],
  },
)
