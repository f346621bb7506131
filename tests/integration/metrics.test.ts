import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { faults, type SimulatedUpstream, scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { createApp } from "@nio/server/app"
import { createRegistry } from "@nio/server/core/metrics/registry"
import { eachDatabase } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { startServer, type TestServer } from "../support/relay.ts"

eachDatabase("/metrics", (open) => {
  let server: TestServer
  let upstream: SimulatedUpstream
  let key: string
  beforeAll(async () => {
    upstream = await simulate(scriptedOpenAi({ chunks: ["one ", "two"] }))
    server = await startServer((await open()).db)
    key = (await server.addUser(100)).key
  })
  afterAll(async () => {
    await server.close()
    await upstream.close()
  })

  const read = async (headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/metrics`, { headers })
    return { status: response.status, text: await response.text() }
  }
  const ask = async (model: string) => {
    const response = await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model, messages: [{ role: "user", content: "hi" }] }),
    })
    return response.text()
  }

  test("count requests, tokens, points, failures and who rests, by names an administrator gave", async () => {
    const down = await simulate(faults.unauthorized)
    const secrets = ["sk-marker-0123456789"]
    const bad = await server.addChannel({ baseUrl: down.url, models: ["m"], priority: 9, secrets })
    const good = await server.addChannel({ baseUrl: upstream.url, models: ["m"], secrets })
    await server.setPrice({ models: ["m"] })
    await ask("m")
    await ask("unknown-model")
    const series = `nio_requests_total{model="m",channel="${good}",outcome="done"} 1`
    await eventually(async () => (await read()).text.includes(series))
    await eventually(async () =>
      (await read()).text.includes(`nio_keys{channel="${bad}",state="suspended"} 1`),
    )
    const { text } = await read()
    for (const line of [
      series,
      'nio_tokens_total{model="m",kind="input"} 7',
      'nio_tokens_total{model="m",kind="output"} 2',
      'nio_points_total{model="m",kind="charged"} 0.018',
      'nio_first_byte_seconds_count{model="m"} 1',
      'nio_request_seconds_bucket{model="m",le="+Inf"} 1',
      `nio_attempts_failed_total{channel="${bad}",reason="auth"} 1`,
      `nio_keys{channel="${good}",state="usable"} 1`,
      "nio_holds 0",
      "nio_underway 0",
    ])
      expect(text).toContain(`${line}\n`)
    expect(text).toMatch(
      /nio_resting\{channel="[^"]+",key="[0-9a-f]{16}",model="",reason="auth"\} 1/,
    )
    expect(text).toMatch(/nio_event_loop_lag_seconds\{quantile="0.99"\} [\d.e-]+/)
    expect(text).not.toContain("sk-marker")
    expect(text).not.toContain("unknown-model")
    expect(text).not.toContain(new URL(upstream.url).host)
    await down.close()
  })

  test("are for this machine alone, however near the proxy is that asks for another", async () => {
    expect((await read()).status).toBe(200)
    expect((await read({ "x-forwarded-for": "203.0.113.7" })).status).toBe(404)
  })

  test("are for whoever has the token, when there is one", async () => {
    const metricsToken = "a-token-of-some-length"
    const app = await createApp(server.deps, {
      allowOrigins: [],
      webFolder: undefined,
      ready: {},
      metricsToken,
    })
    app.listen({ port: 0, hostname: "127.0.0.1" })
    const statusWith = async (authorization: string) =>
      (await fetch(`http://127.0.0.1:${app.server?.port}/metrics`, { headers: { authorization } }))
        .status
    expect(await statusWith("")).toBe(404)
    expect(await statusWith("Bearer another-token-of-it")).toBe(404)
    expect(await statusWith(`Bearer ${metricsToken}`)).toBe(200)
    await app.stop(true)
  })
})

describe("a registry", () => {
  test("says what it counted as Prometheus reads it", () => {
    const registry = createRegistry()
    registry.counter("hits", "Hits.", ["who"]).add(['a"b\\c\nd'], 2)
    const seen = registry.histogram("took", "Took.", [], [1, 2])
    for (const amount of [0.5, 1, 1.5, 9]) seen.see([], amount)
    expect(registry.text([{ name: "now", help: "Now.", series: [{ value: 3 }] }])).toBe(
      [
        "# HELP hits Hits.",
        "# TYPE hits counter",
        'hits{who="a\\"b\\\\c\\nd"} 2',
        "# HELP took Took.",
        "# TYPE took histogram",
        'took_bucket{le="1"} 2',
        'took_bucket{le="2"} 3',
        'took_bucket{le="+Inf"} 4',
        "took_sum 12",
        "took_count 4",
        "# HELP now Now.",
        "# TYPE now gauge",
        "now 3",
        "",
      ].join("\n"),
    )
  })

  test("counts together what is more than anybody can look at", () => {
    const registry = createRegistry()
    const hits = registry.counter("hits", "Hits.", ["who"])
    for (let at = 0; at < 6_000; at++) hits.add([String(at)])
    const lines = registry
      .text()
      .split("\n")
      .filter((line) => line.startsWith("hits{"))
    expect(lines).toHaveLength(5_001)
    expect(lines.at(-1)).toBe('hits{who="other"} 1000')
  })
})
