import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { type SimulatedUpstream, scriptedAnthropic, simulate } from "@nio/adapters/testing"
import OpenAI from "openai"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"

const parameters = { type: "object", properties: {} }
const plain = { type: "function", name: "look", parameters, strict: false } as const
const patch = {
  type: "custom",
  name: "apply_patch",
  description: "Edits files.",
  format: { type: "grammar", syntax: "lark", definition: "start: /.+/" },
} as const
const agents = { type: "namespace", name: "agents", description: "Others.", tools: [plain] }

/** What programs that write code offer a model: more than functions. */
const tools = [plain, patch, agents, { type: "web_search" }] as never

eachDatabase("tools of the Responses API for models that only know functions", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let openai: OpenAI

  const calling = (name: string, args: object) =>
    upstream.answerWith(
      scriptedAnthropic({
        chunks: ["Well. "],
        toolCalls: [{ id: "call_1", name, arguments: JSON.stringify(args) }],
      }),
    )
  const ask = (input: unknown = "hi", tool_choice?: unknown) =>
    openai.responses
      .create({
        model: "m",
        tools,
        store: false,
        input: input as string,
        ...(tool_choice as object),
      })
      .withResponse()

  beforeAll(async () => {
    server = await startServer((await open()).db)
    await server.setPrice({ models: ["m"] })
    upstream = await simulate(scriptedAnthropic({ chunks: ["Done."] }))
    await server.addChannel({ baseUrl: upstream.url, provider: "anthropic", models: ["m"] })
    const { key: apiKey } = await server.addUser(100_000)
    openai = new OpenAI({ apiKey, baseURL: `${server.url}/v1`, maxRetries: 0 })
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  test("all that can be a function is one, and what cannot is named in a header", async () => {
    upstream.answerWith(scriptedAnthropic({ chunks: ["Done."] }))
    const { response } = await ask()
    expect(response.headers.get("x-dropped")).toBe("web_search")
    const offered = upstream.requests.at(-1)?.body.tools
    expect(offered.map(({ name }: { name: string }) => name)).toEqual([
      "look",
      "apply_patch",
      "agents__look",
    ])
    expect(offered[1].description).toContain("start: /.+/")
    expect(offered[1].input_schema.required).toEqual(["input"])
  })

  test.each([
    ["look", {}, { type: "function_call", name: "look", arguments: "{}" }],
    ["agents__look", {}, { type: "function_call", name: "look", namespace: "agents" }],
    ["apply_patch", { input: "*** a" }, { type: "custom_tool_call", input: "*** a" }],
  ])("a call of %s is told as the caller knows it", async (name, args, item) => {
    calling(name, args)
    const { data } = await ask()
    expect(data.output.at(-1)).toMatchObject({ call_id: "call_1", ...item })
  })

  test("a custom call is streamed, and its result goes back by the same name", async () => {
    calling("apply_patch", { input: "*** a" })
    const stream = openai.responses.stream({ model: "m", tools, store: false, input: "hi" })
    const seen: string[] = []
    for await (const event of stream) seen.push(event.type)
    const { output } = await stream.finalResponse()
    expect(seen).toContain("response.custom_tool_call_input.done")

    upstream.answerWith(scriptedAnthropic({ chunks: ["Done."] }))
    const result = { type: "custom_tool_call_output", call_id: "call_1", output: "ok" }
    await ask([{ role: "user", content: "hi" }, ...output, result])
    const { messages } = upstream.requests.at(-1)!.body
    expect(messages[1].content.at(-1)).toMatchObject({
      type: "tool_use",
      id: "call_1",
      name: "apply_patch",
      input: { input: "*** a" },
    })
    expect(messages[2].content[0]).toMatchObject({ type: "tool_result", tool_use_id: "call_1" })
  })

  describe("a choice among tools", () => {
    test("of some of them offers only those", async () => {
      const names = [{ type: "custom", name: "apply_patch" }]
      await ask("hi", { tool_choice: { type: "allowed_tools", mode: "required", tools: names } })
      const { tools: offered, tool_choice } = upstream.requests.at(-1)!.body
      expect(offered).toHaveLength(1)
      expect(tool_choice).toEqual({ type: "any" })
    })

    test("of one that nobody here can run is refused", async () => {
      const asked = ask("hi", { tool_choice: { type: "web_search" } })
      await expect(asked).rejects.toMatchObject({ status: 400, param: "tool_choice" })
    })
  })
})
