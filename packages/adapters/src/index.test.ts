import { describe, expect, test } from "bun:test"
import { providers } from "./index.ts"
import { cutFetch, hello, simulate, tell, upstreamAt } from "./testing/index.ts"
import { scriptedAnthropic, scriptedGemini, scriptedOpenAi } from "./testing/scripted.ts"

const scripted = { openai: scriptedOpenAi, anthropic: scriptedAnthropic, gemini: scriptedGemini }
const script = {
  reasoning: ["h", "m"],
  chunks: ["Gr", "üße 💬"],
  usage: { input: 9, output: 2 },
  toolCalls: [{ id: "c1", name: "f", arguments: '{"a":1}' }],
}

const speaking = [...providers.values()].filter(({ dialect }) => dialect)

/** What every provider promises, whatever it speaks. A new provider adds a line, not a test. */
for (const provider of speaking) {
  describe(provider.id, () => {
    test.each([
      [true, undefined],
      [true, 1],
      [true, 3],
      [true, 1_000],
      [false, undefined],
      [false, 1],
    ])("says the same whether streamed (%p) and however it is cut (%p)", async (stream, cut) => {
      await using up = await simulate(scripted[provider.dialect as keyof typeof scripted](script))
      const upstream = upstreamAt(up.url, cut ? { fetch: cutFetch(cut) } : {})
      const { events, signs, error } = await tell(provider, { ...hello, stream }, upstream)
      expect(error).toBeUndefined()
      const said = (type: string) =>
        events.map((event) => (event.type === type && "delta" in event ? event.delta : "")).join("")
      expect(said("text")).toBe("Grüße 💬")
      expect(said("reasoning")).toBe("hm")
      const calls = events.filter((event) => event.type === "tool-call")
      expect(calls[0]).toMatchObject({ index: 0, name: "f" })
      expect(calls.map(({ argumentsDelta }) => argumentsDelta).join("")).toBe('{"a":1}')
      expect(events.find(({ type }) => type === "finish")).toMatchObject({ reason: "tool-calls" })
      const counted = { input: 9, output: 2 }
      // A script counts only when it is asked to, and some may not be asked.
      if (["mistral", "perplexity"].includes(provider.id) && stream) return
      expect(signs.findLast(({ usage }) => usage)?.usage).toMatchObject(counted)
    })

    test.each([
      [401, "auth"],
      [429, "rate-limit"],
      [503, "overloaded"],
    ] as const)("knows what %i means even when the body is a page", async (status, kind) => {
      await using up = await simulate({ status, body: "<html>no</html>" })
      const { error } = await tell(provider, hello, upstreamAt(up.url))
      expect(error).toMatchObject({ kind, status })
    })
  })
}

test("every provider names itself, and its address is one", () => {
  for (const [id, { name, baseUrl, keyFormat, models }] of providers) {
    expect(id).toMatch(/^[a-z-]+$/)
    expect(name && keyFormat).toBeTruthy()
    expect(new URL(baseUrl).href.replace(/\/$/, "")).toBe(baseUrl)
    expect(new Set(models).size).toBe(models.length)
  }
})
