import { openaiCompatible } from "../openai/compatible.ts"
import { models } from "../openai/models.ts"
import { allTasks } from "../openai/tasks.ts"
import { azureAddress, azureResponsesAddress, placeOf } from "./address.ts"
import { azureTaskAddress } from "./task-address.ts"

/** @see https://learn.microsoft.com/azure/ai-foundry/openai/reference */
export const azure = openaiCompatible(
  {
    id: "azure",
    name: "Azure OpenAI",
    baseUrl: "https://resource.openai.azure.com",
    keyFormat: "key|https://resource.openai.azure.com",
    models,
  },
  {
    address: azureAddress,
    completionsAddress: (request, upstream) =>
      azureAddress(request, upstream).replace("/chat/completions", "/completions"),
    responses: { address: azureResponsesAddress, insteadOfChat: true },
    headers: (upstream) => ({ "api-key": placeOf(upstream).secret }),
    tasks: allTasks.filter((kind) => kind !== "rerank" && kind !== "moderation"),
    taskAddress: azureTaskAddress,
    refusesStreamOptions: (upstream) => placeOf(upstream).version < "2024-09-01",
  },
)
