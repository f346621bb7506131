import { expect, test } from "bun:test"
import { hello, scriptedOpenAi, simulate, tell, upstreamAt } from "../testing/index.ts"
import { cloudflare } from "./index.ts"

test.each([
  ["", "t|acc", "/accounts/acc/ai/v1/chat/completions"],
  ["/accounts/mine/ai", "t|acc", "/accounts/mine/ai/v1/chat/completions"],
  ["/accounts/mine/ai/v1", "t", "/accounts/mine/ai/v1/chat/completions"],
])("an address ending in %p with a key %p is asked at %s", async (end, key, path) => {
  await using up = await simulate(scriptedOpenAi({ chunks: ["a"] }))
  await tell(cloudflare, hello, upstreamAt(up.url + end, { key }))
  expect(up.requests[0]?.path).toBe(path)
  expect(up.requests[0]?.headers.get("authorization")).toBe("Bearer t")
})

test("its models are listed without their details", async () => {
  await using up = await simulate({ body: '{"result":[{"name":"@cf/a"},{"name":"@cf/b"}]}' })
  const names = await cloudflare.listModels?.(upstreamAt(up.url, { key: "t|acc" }))
  expect(names).toEqual(["@cf/a", "@cf/b"])
  expect(up.requests[0]?.path).toStartWith("/accounts/acc/ai/models/search")
})
