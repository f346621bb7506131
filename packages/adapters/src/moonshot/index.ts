import { openaiCompatible } from "../openai/compatible.ts"
import { adjust, edits } from "./request.ts"

/** @see https://platform.moonshot.cn/docs/api/chat */
export const moonshot = openaiCompatible(
  {
    id: "moonshot",
    name: "Moonshot",
    baseUrl: "https://api.moonshot.cn",
    models: [
      "kimi-k3",
      "kimi-k2.7-code",
      "kimi-k2.7-code-highspeed",
      "kimi-k2.6",
      "kimi-k2.5",
      "kimi-latest",
      "moonshot-v1-auto",
      "moonshot-v1-128k",
      "moonshot-v1-32k",
      "moonshot-v1-8k",
      "moonshot-v1-128k-vision-preview",
      "moonshot-v1-32k-vision-preview",
      "moonshot-v1-8k-vision-preview",
    ],
  },
  {
    wantsThoughts: true,
    takesAddress: () => false,
    edits,
    adjust,
    errors: { permission_denied_error: "auth", resource_not_found_error: "model-missing" },
  },
)
