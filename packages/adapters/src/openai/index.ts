import { openaiCompatible, responsesAddress } from "./compatible.ts"
import { models } from "./models.ts"
import { allTasks } from "./tasks.ts"

export const openai = openaiCompatible(
  {
    id: "openai",
    name: "OpenAI",
    baseUrl: "https://api.openai.com",
    models,
  },
  { tasks: allTasks, responses: { address: responsesAddress, insteadOfChat: true } },
)
