import { clamped } from "../openai/clamp.ts"
import { openaiCompatible } from "../openai/compatible.ts"
import type { Provider } from "../spec/index.ts"
import { askChat } from "../wire/ask-chat.ts"
import { legacy, signs } from "./legacy.ts"
import { models } from "./models.ts"

const likeOpenai = openaiCompatible(
  {
    id: "baichuan",
    name: "Baichuan",
    baseUrl: "https://api.baichuan-ai.com",
    models,
  },
  {
    edits: ({ model, temperature, topP }) => ({
      ...(model === "baichuan-53b" && { model: "Baichuan2" }),
      ...clamped({ temperature, top_p: topP }, { temperature: [0, 1], top_p: [0, 1] }),
    }),
    tasks: ["embeddings"],
  },
)

/**
 * Like OpenAI, unless the key is `key|secret`: those signed requests to the first interface.
 *
 * @see https://platform.baichuan-ai.com/docs/api
 */
export const baichuan: Provider = {
  ...likeOpenai,
  chat: (request, upstream) =>
    signs(upstream.key) ? askChat(legacy, request, upstream) : likeOpenai.chat(request, upstream),
}
