import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { providers } from "@nio/adapters"
import { channelDefaults } from "@nio/server/contract"
import { importConfig } from "@nio/server/core/import/import-config"
import { importFirstConfig } from "@nio/server/core/import/import-first-config"
import { changeLive } from "@nio/server/core/live/change-live"
import { readConfig } from "@nio/server/infra/read-config"
import { eachDatabase } from "../support/databases.ts"
import { testDeps } from "../support/deps.ts"
import { hasImportFixtures, importFixtures } from "../support/import-fixtures.ts"

/** As an installation of Chat Nio has it, with the oddities we know of. */
const sample = `
secret: "0123456789012345678901234567890123456789"
channel:
- {id: 1, name: main, type: openai, priority: "3", weight: 0, retry: 0, state: true, group: null,
   endpoint: "https://api.openai.com/", secret: "sk-one\\n\\n sk-two \\n", models: [gpt-4o, gpt-4o-mini],
   mapper: "a remark\\ngpt-4 > gpt-4o\\n!fast>gpt-4o-mini\\nx>y>z", currentsecret: sk-one, reflect: {gpt-4: gpt-4o}}
- {id: 2, name: claude, type: claude, endpoint: "", secret: sk-ant, models: [claude-3-opus-20240229], state: true, group: [pro, admin]}
- {id: 3, name: stars, type: stargazer, endpoint: "https://stars.test", secret: s, models: [star], state: true}
- {id: 4, name: blue, type: azure, endpoint: 2023-12-01-preview, secret: "k1|https://one.openai.azure.com/", models: [gpt-4], state: true, proxy: {proxytype: 1, proxy: "x:1"}}
- {id: 5, name: off, type: palm, endpoint: "https://generativelanguage.googleapis.com", secret: k, models: [gemini-pro], state: false}
- {id: 6, name: keyless, type: moonshot, endpoint: "https://api.moonshot.cn", secret: "", models: [moonshot-v1-8k], state: true}
- not a channel
charge:
- {id: 1, type: token-billing, models: [gpt-4o], input: 0.010000001, output: "0.03", anonymous: true, unset: false}
- {id: 2, type: times-billing, models: [dall-e-3], input: 9, output: 0.1, anonymous: false}
- {id: 3, type: non-billing, models: [gpt-4o, gpt-4o-mini], input: 0, output: 3, anonymous: true}
- {id: 4, type: token-billing, models: [gemini-pro], input: -1, output: 1}
- {id: 5, type: token-billing, models: null, input: 1, output: 1}
- {id: 6, type: mystery, models: [m], input: 1, output: 1}
- {id: 7, type: times-billing, models: [m], input: 0, output: cheap}
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nio-import-"))
  await writeFile(join(folder, "config.yaml"), sample)
})
afterAll(() => rm(folder, { recursive: true }))

const imported = async () => importConfig(await readConfig(folder), providers)

describe("Chat Nio's config.yaml", () => {
  test("a channel keeps its priority, keys and mapping; 0 tries mean one", async () => {
    const { channels } = await imported()
    expect(channels[0]).toEqual({
      name: "main",
      enabled: true,
      secrets: { keys: ["sk-one", "sk-two"], headers: {} },
      config: {
        ...channelDefaults,
        provider: "openai",
        baseUrl: "https://api.openai.com",
        models: ["gpt-4o", "gpt-4o-mini"],
        mapping: ["gpt-4>gpt-4o", "!fast>gpt-4o-mini"],
        priority: 3,
      },
    })
  })

  test("types are taken over by their provider, with its own address where none was given", async () => {
    const [, claude] = (await imported()).channels
    expect(claude).toMatchObject({
      enabled: true,
      config: {
        provider: "anthropic",
        baseUrl: "https://api.anthropic.com",
        groups: ["pro", "admin"],
      },
    })
  })

  test("Azure's version moves from the address to the resource", async () => {
    const blue = (await imported()).channels.find(({ name }) => name === "blue")
    expect(blue).toMatchObject({
      enabled: true,
      secrets: {
        keys: ["k1|https://one.openai.azure.com?api-version=2023-12-01-preview"],
        headers: {},
      },
      config: { baseUrl: "https://one.openai.azure.com?api-version=2023-12-01-preview" },
    })
  })

  test("a proxy comes with its login, and one that cannot be used leaves nobody without it", () => {
    const through = (proxy: object) => ({
      ...{ name: "far", type: "openai", endpoint: "https://api.openai.com", secret: "sk-one" },
      ...{ models: ["gpt-4o"], state: true, proxy },
    })
    const { channels, notes } = importConfig(
      {
        channel: [
          through({ proxytype: 3, proxy: "10.0.0.1:1080", username: "u", password: "p" }),
          through({ proxy_type: 1, proxy: "http://u%40x:p@proxy.test:3128" }),
          through({ proxytype: 0, proxy: "nonsense" }),
          through({ proxytype: 2, proxy: "not a place" }),
        ],
      },
      providers,
    )
    expect(channels.map(({ config }) => (config as { proxy: unknown }).proxy)).toEqual([
      { scheme: "socks5", host: "10.0.0.1", port: 1_080 },
      { scheme: "http", host: "proxy.test", port: 3_128 },
      null,
      null,
    ])
    expect(channels.map(({ secrets }) => secrets)).toEqual([
      { keys: ["sk-one"], headers: {}, proxyLogin: { username: "u", password: "p" } },
      { keys: ["sk-one"], headers: {}, proxyLogin: { username: "u@x", password: "p" } },
      { keys: ["sk-one"], headers: {} },
      { keys: ["sk-one"], headers: {} },
    ])
    expect(channels.map(({ enabled }) => enabled)).toEqual([true, true, true, false])
    expect(notes).toHaveLength(2)
  })

  test("a midjourney-proxy keeps its mode in the address, its secret and who may call back", () => {
    const channel = (secret: string | null) => ({
      ...{ name: "draw", type: "midjourney", endpoint: "https://mj.test/mj-fast/", state: true },
      ...{ secret, models: ["midjourney-fast"] },
    })
    const entries = [channel("s3cret|10.0.0.1,10.0.0.2"), channel(null), channel("")]
    const { channels, notes } = importConfig({ channel: entries }, providers)
    expect(notes).toEqual([])
    expect(channels.map(({ secrets }) => secrets)).toEqual([
      { keys: ["s3cret|10.0.0.1,10.0.0.2"], headers: {} },
      { keys: ["null"], headers: {} },
      { keys: ["null"], headers: {} },
    ])
    expect(channels[0]).toMatchObject({
      enabled: true,
      config: { provider: "midjourney", baseUrl: "https://mj.test/mj-fast" },
    })
  })

  test("what cannot be used is disabled or left out, and the notes say so without secrets", async () => {
    const { channels, notes } = await imported()
    expect(channels.map(({ name, enabled }) => [name, enabled])).toEqual([
      ["main", true],
      ["claude", true],
      ["stars", false],
      ["blue", true],
      ["off", false],
      ["keyless", false],
    ])
    expect(notes).toEqual([
      "channel stars: imported disabled, since the provider stargazer is not known here",
      "channel keyless: imported disabled, since it has no secret",
      "channel number 7: left out, since it is not a channel",
      expect.stringMatching(/^price rule #5: left out, since models/),
      "price rule #6: left out, since its type is unknown",
      expect.stringMatching(/^price rule #7: left out, since output/),
    ])
    expect(notes.join()).not.toMatch(/sk-|k1/)
  })

  test("points per 1,000 tokens become micropoints per million, to the last digit", async () => {
    const { prices } = await imported()
    expect(prices).toEqual([
      {
        type: "per-token",
        models: ["gpt-4o"],
        input: 10_000_001,
        output: 30_000_000,
        anonymous: false,
      },
      { type: "per-request", models: ["dall-e-3"], input: 0, output: 100_000, anonymous: false },
      { type: "free", models: ["gpt-4o", "gpt-4o-mini"], input: 0, output: 0, anonymous: true },
      {
        type: "per-token",
        models: ["gemini-pro"],
        input: 0,
        output: 1_000_000_000,
        anonymous: false,
      },
    ])
  })

  test("anything else than sections is nothing", () => {
    for (const file of [undefined, null, 5, "text", [], {}, { channel: 5, charge: { a: 1 } }])
      expect(importConfig(file, providers)).toEqual({ channels: [], prices: [], notes: [] })
  })
})

describe("the file", () => {
  const written = async (text: string) => {
    const place = await mkdtemp(join(folder, "file-"))
    await writeFile(join(place, "config.yaml"), text)
    return place
  }

  test("that is not there is nothing", async () => {
    expect(await readConfig(join(folder, "nowhere"))).toBeUndefined()
  })

  test("that is not YAML is named, without its content", async () => {
    const place = await written("channel:\n- {secret: sk-hidden\n")
    expect(readConfig(place)).rejects.toThrow(/config\.yaml could not be read: .*line \d/)
    await readConfig(place).catch((error) => expect(error.message).not.toContain("sk-hidden"))
  })

  test("that unfolds itself, or is too large, is refused", async () => {
    const bomb = `a: &a [${"x,".repeat(9)}x]\nb: &b [${"*a,".repeat(9)}*a]\nc: [${"*b,".repeat(9)}*b]\n`
    expect(readConfig(await written(bomb))).rejects.toThrow("could not be read")
    expect(readConfig(await written(`a: ${"x".repeat(9_000_000)}`))).rejects.toThrow("larger than")
  })

  test("S17: is never written", async () => {
    await imported()
    expect(await readFile(join(folder, "config.yaml"), "utf8")).toBe(sample)
  })
})

eachDatabase("the first start with a config.yaml", (open) => {
  test("channels and prices are in use at once, and a second start changes nothing", async () => {
    const { db } = await open()
    const deps = await testDeps(db)
    const file = await readConfig(folder)
    const results = await Promise.all([1, 2, 3].map(() => importFirstConfig(deps, file)))
    expect(results.filter(Boolean)).toHaveLength(1)
    expect(await importFirstConfig(deps, file)).toBeUndefined()

    const { byModel, prices, channels } = deps.live.current()
    expect(channels).toHaveLength(3)
    expect([...byModel.keys()].toSorted()).toEqual([
      "claude-3-opus-20240229",
      "fast",
      "gpt-4",
      "gpt-4o",
    ])
    expect(prices.get("gpt-4o")).toMatchObject({ type: "per-token", input: 10_000_001 })
    expect(prices.get("gpt-4o-mini")).toMatchObject({ type: "free", anonymous: true })
    expect(await db.orm.select().from(db.t.channels)).toHaveLength(6)
    await deps.close()
  })

  test("an installation that somebody has configured is left alone", async () => {
    const { db } = await open()
    const deps = await testDeps(db)
    await changeLive(deps, async () => {})
    expect(await importFirstConfig(deps, await readConfig(folder))).toBeUndefined()
    expect(await db.orm.select().from(db.t.channels)).toEqual([])
    await deps.close()
  })

  test("a file without channels and prices leaves the chance to a later one", async () => {
    const { db } = await open()
    const deps = await testDeps(db)
    expect(await importFirstConfig(deps, { mysql: {} })).toBeUndefined()
    expect(await importFirstConfig(deps, await readConfig(folder))).toBeDefined()
    await deps.close()
  })
})

const recorded = hasImportFixtures ? describe : describe.skip
recorded(`files written by running servers (${importFixtures})`, () => {
  const read = async (name: string) => {
    const place = await mkdtemp(join(folder, "recorded-"))
    await writeFile(join(place, "config.yaml"), await readFile(join(importFixtures, name), "utf8"))
    return importConfig(await readConfig(place), providers)
  }

  test("of the newest version", async () => {
    const { channels, prices, notes } = await read("head-config.yaml")
    expect(notes).toEqual([])
    expect(channels.map(({ name, enabled, secrets }) => ({ name, enabled, secrets }))).toEqual([
      { name: "c1", enabled: true, secrets: { keys: ["sk-aaa", "sk-bbb"], headers: {} } },
      { name: "c2", enabled: true, secrets: { keys: ["sk-supersecretkey"], headers: {} } },
      { name: "img", enabled: true, secrets: { keys: ["k"], headers: {} } },
    ])
    expect(channels[0]!.config).toMatchObject({
      priority: 1,
      weight: 2,
      tries: 2,
      mapping: ["gpt-all>gpt-4o", "!x-all>gpt-test"],
    })
    expect(prices.map(({ type, input, output }) => [type, input, output])).toEqual([
      ["per-token", 1_000_000_000, 2_000_000_000],
      ["free", 0, 0],
      ["free", 0, 0],
      ["per-request", 0, 1_000_000],
    ])
  })

  test("of September 2024", async () => {
    const { channels, prices, notes } = await read("sept2024-config.yaml")
    expect(notes).toEqual([])
    expect(channels).toHaveLength(1)
    expect(prices.map(({ output }) => output)).toEqual([3_000_000, 9_000_000, 8_000_000])
  })
})
