import { openaiCompatible } from "../openai/compatible.ts"

/** @see https://platform.moonshot.cn/docs/api/chat */
export const moonshot = openaiCompatible(
  {
    id: "moonshot",
    name: "Moonshot",
    baseUrl: "https://api.moonshot.cn",
    models: [
      "kimi-k3",
      "kimi-k2.7-code",
      "kimi-k2.6",
      "kimi-k2.5",
      "kimi-latest",
      "moonshot-v1-auto",
      "moonshot-v1-128k",
      "moonshot-v1-32k",
      "moonshot-v1-8k",
    ],
  },
  { wantsThoughts: true, takesAddress: () => false },
)
