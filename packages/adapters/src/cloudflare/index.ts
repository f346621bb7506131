import { openaiCompatible } from "../openai/compatible.ts"
import type { Upstream } from "../spec/index.ts"
import type { CodeTable } from "../wire/code-table.ts"
import { listModels } from "../wire/list-models.ts"
import { tasksAt } from "./tasks.ts"

const tokenOf = ({ key }: Upstream) => key.split("|")[0]?.trim() ?? ""
const bearer = (upstream: Upstream) => ({ authorization: `Bearer ${tokenOf(upstream)}` })

/** The account is part of the address. It may be in the key, so that one address serves several. */
function aiOf({ baseUrl, key }: Upstream) {
  const account = key.split("|")[1]?.trim()
  return account && !baseUrl.includes("/accounts/") ? `${baseUrl}/accounts/${account}/ai` : baseUrl
}

const under = (path: string, upstream: Upstream) => {
  const address = aiOf(upstream)
  return `${address}${/\/v1$/.test(address) ? "" : "/v1"}/${path}`
}

/** @see https://developers.cloudflare.com/workers-ai/platform/errors/ */
const errors: CodeTable = {
  "3003": "invalid-request",
  "3006": "invalid-request",
  "3007": "timeout",
  "3008": "timeout",
  "3023": "auth",
  "3036": "quota",
  "3039": "invalid-request",
  "3040": "overloaded",
  "3041": "auth",
  "3042": "model-missing",
  "5004": "invalid-request",
  "5007": "model-missing",
  "5016": "auth",
  "5018": "auth",
  "9109": "auth",
  "10000": "auth",
}

/** @see https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility/ */
export const cloudflare = openaiCompatible(
  {
    id: "cloudflare",
    name: "Cloudflare Workers AI",
    baseUrl: "https://api.cloudflare.com/client/v4",
    keyFormat: "api-token|account-id",
    models: [
      "@cf/openai/gpt-oss-120b",
      "@cf/openai/gpt-oss-20b",
      "@cf/meta/llama-4-scout-17b-16e-instruct",
      "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
      "@cf/mistralai/mistral-small-3.1-24b-instruct",
      "@cf/qwen/qwen3-30b-a3b-fp8",
      "@cf/moonshotai/kimi-k2.6",
      "@cf/zai-org/glm-5.2",
    ],
    listModels: (upstream) => listModels({ judge: () => ({}) }, modelList, upstream),
  },
  {
    address: (_, upstream) => under("chat/completions", upstream),
    taskAddress: (path, _, upstream) => under(path, upstream),
    tasks: ["embeddings"],
    ownTasks: tasksAt({
      address: (upstream) => aiOf(upstream).replace(/\/v1$/, ""),
      headers: bearer,
      errors,
    }),
    headers: bearer,
    errors,
  },
)

const modelList = {
  url: (upstream: Upstream) => `${aiOf(upstream).replace(/\/v1$/, "")}/models/search?per_page=1000`,
  headers: bearer,
  list: "result",
  name: "name",
}
