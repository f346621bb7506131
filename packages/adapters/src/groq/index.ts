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
      "whisper-large-v3",
      "whisper-large-v3-turbo",
      "llama2-70b-4096",
      "mixtral-8x7b-32768",
      "gemma-7b-it",
    ],
  },
  {
    omit: ["logprobs", "top_logprobs", "logit_bias"],
    responses: { address: responsesAddress },
    tasks: ["speech", "transcription", "translation"],
  },
)
