import { jsonRefusal, openaiMock, openaiWords } from "../openai/mock.ts"
import { invalid } from "../testing/check.ts"
import { parseJson } from "../wire/json.ts"

const key = "azure-mock"
const plain = openaiMock({
  key,
  responses: true,
  keyIn: (headers) => headers.get("api-key"),
  channel: (url) => ({ baseUrl: url, key: `${key}|${url}` }),
  check: ({ path }) =>
    new URLSearchParams(path.split("?")[1]).has("api-version")
      ? undefined
      : invalid("Missing required query parameter: api-version", "api-version"),
  refuse({ kind, message, param = "" }) {
    const { status, code } = openaiWords[kind]
    if (kind === "unauthorized")
      return jsonRefusal(kind, status, {
        error: { code: "401", message: "Access denied due to invalid subscription key." },
      })
    const missing = kind === "model-missing"
    return jsonRefusal(kind, status, {
      error: { code: missing ? "DeploymentNotFound" : code, message, param },
    })
  },
})

/** The deployment is in the address, and names the model. @see https://learn.microsoft.com/azure/ai-foundry/openai/reference */
export const mock: typeof plain = {
  ...plain,
  check: (seen) => {
    const [, deployment] = /deployments\/([^/]+)\//.exec(seen.path) ?? []
    const text = JSON.stringify({ ...(parseJson(seen.text) as object), model: deployment })
    return plain.check(deployment ? { ...seen, text, body: parseJson(text) } : seen)
  },
}
