import { openaiCompatible } from "../openai/compatible.ts"
import { allTasks } from "../openai/tasks.ts"

/** Any server that speaks OpenAI's chat completions; the address is the operator's. */
export const anyCompatible = openaiCompatible(
  {
    id: "openai-compatible",
    name: "OpenAI-compatible",
    baseUrl: "http://localhost:8000",
    models: [],
  },
  { tasks: allTasks },
)
