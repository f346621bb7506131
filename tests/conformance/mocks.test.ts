import { describe, expect, test } from "bun:test"
import { type Provider, providers } from "@nio/adapters"
import { hello, mocks, tell, upstreamAt } from "@nio/adapters/testing"
import { projectRoot } from "../support/sources.ts"

/** Starts a mock as a person would, and waits until it says where it is. */
async function start(provider: string, ...more: string[]) {
  const child = Bun.spawn(
    [process.execPath, "mock", "--provider", provider, "--port", "0", "--seed", "7", ...more],
    { cwd: projectRoot, stdin: "ignore", stdout: "pipe", stderr: "ignore" },
  )
  let said = ""
  const decoder = new TextDecoder()
  for await (const bytes of child.stdout) {
    said += decoder.decode(bytes, { stream: true })
    if (/ takes /.test(said)) break
  }
  const [, baseUrl = ""] = /address\s+(.+)/.exec(said) ?? []
  const [, key = ""] = /key\s+(.+)/.exec(said) ?? []
  return {
    baseUrl,
    key,
    async [Symbol.asyncDispose]() {
      child.kill()
      await child.exited
    },
  }
}

async function ask(
  provider: Provider,
  { baseUrl, key }: { baseUrl: string; key: string },
  stream = true,
) {
  const request = { ...hello, model: provider.models[0] ?? "m", stream }
  const { events, error } = await tell(provider, request, upstreamAt(baseUrl, { key }))
  const text = events.map((event) => (event.type === "text" ? event.delta : "")).join("")
  return { text, events, error }
}

describe.each(Object.keys(mocks))("%s", (id) => {
  const provider = providers.get(id)!

  test("answers its adapter when started by hand, the same for the same seed, and knows its key", async () => {
    await using mock = await start(id)
    const streamed = await ask(provider, mock)
    expect(streamed.error).toBeUndefined()
    expect(streamed.text.length).toBeGreaterThan(10)
    expect(streamed.events.some(({ type }) => type === "finish")).toBe(true)

    const whole = await ask(provider, mock, false)
    expect(whole.error).toBeUndefined()
    expect(whole.text.length).toBeGreaterThan(10)

    const wrong = { ...mock, key: `~${mock.key}` }
    expect((await ask(provider, wrong)).error).toMatchObject({ kind: "auth" })

    await using again = await start(id)
    expect((await ask(provider, again)).text).toBe(streamed.text)
  }, 20_000)
})

test.each([
  ["openai", "rate-limited", { kind: "rate-limit", retryAfterMs: 7_000 }],
  ["anthropic", "error-in-stream", { kind: "overloaded" }],
  ["gemini", "reset", { kind: "network" }],
  ["openai", "half", { kind: "bad-response" }],
] as const)("%s may be told to fail: %s", async (id, fault, error) => {
  await using mock = await start(id, "--fault", fault)
  expect((await ask(providers.get(id)!, mock)).error).toMatchObject(error)
})

test("an unknown provider or fault is told what there is", async () => {
  for (const args of [
    ["--provider", "nobody"],
    ["--provider", "openai", "--fault", "nothing"],
  ]) {
    const child = Bun.spawn([process.execPath, "mock", ...args], {
      cwd: projectRoot,
      stderr: "pipe",
    })
    expect(await child.exited).toBe(1)
    expect(await new Response(child.stderr).text()).toContain("rate-limited")
  }
})
