/** @see https://cloud.google.com/vertex-ai/generative-ai/docs/models */
export const models = [
  "gemini-3.8-flash",
  "gemini-3.7-flash",
  "gemini-3.6-flash",
  "gemini-3.5-flash",
  "gemini-3.5-flash-lite",
  "gemini-3.1-pro-preview",
  "gemini-3.1-flash-lite",
  "gemini-2.5-pro",
  "gemini-2.5-flash",
  "gemini-2.5-flash-lite",
  "claude-opus-5-5",
  "claude-sonnet-5-5",
  "claude-haiku-4-5@20251001",
  "meta/llama-4-maverick-17b-128e-instruct-maas",
  "deepseek-ai/deepseek-v3.1-maas",
] as const
