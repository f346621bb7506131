import { openaiCompatible } from "../openai/compatible.ts"
import { compatible } from "./compatible.ts"
import { models } from "./models.ts"

export const dashscope = openaiCompatible(
  {
    id: "dashscope",
    name: "Alibaba DashScope",
    baseUrl: "https://dashscope.aliyuncs.com",
    models,
  },
  compatible,
)
