import { openaiCompatible, responsesAddress } from "../openai/compatible.ts"
import { adjust } from "./adjust.ts"
import { failed } from "./errors.ts"

/** @see https://api-docs.deepseek.com */
export const deepseek = openaiCompatible(
  {
    id: "deepseek",
    name: "DeepSeek",
    baseUrl: "https://api.deepseek.com",
    models: [
      "deepseek-flash",
      "deepseek-v4-pro",
      "deepseek-v4-flash",
      "deepseek-chat",
      "deepseek-reasoner",
    ],
  },
  {
    wantsThoughts: true,
    adjust,
    failed,
    responses: { address: responsesAddress },
  },
)
