/** @see https://ai.google.dev/gemini-api/docs/models */
export const models = [
  "gemini-3.8-flash",
  "gemini-3.7-flash",
  "gemini-3.6-flash",
  "gemini-3.5-flash",
  "gemini-3.5-flash-lite",
  "gemini-3.1-pro-preview",
  "gemini-3.1-flash-lite",
  "gemini-3.1-flash-image",
  "gemini-3-pro-image",
  "gemini-1.5-pro-latest",
  "gemini-1.5-flash-latest",
  "gemini-pro",
  "gemini-pro-vision",
  "chat-bison-001",
] as const
