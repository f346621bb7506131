import { openaiCompatible } from "../openai/compatible.ts"
import { errors, failed } from "./errors.ts"
import { models } from "./models.ts"
import { adjust, edits, secretOf } from "./request.ts"

/** @see https://docs.bigmodel.cn/cn/guide/develop/http/introduction */
export const zhipu = openaiCompatible(
  {
    id: "zhipu",
    name: "Zhipu",
    baseUrl: "https://open.bigmodel.cn",
    keyFormat: "id.secret",
    models,
  },
  {
    prefix: "/api/paas/v4",
    headers: (upstream) => ({ authorization: `Bearer ${secretOf(upstream)}` }),
    edits,
    adjust,
    wantsThoughts: true,
    tasks: ["embeddings", "image-generation"],
    errors,
    failed,
  },
)
