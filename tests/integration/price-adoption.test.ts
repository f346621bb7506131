import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test"
import { trustedFetch } from "@nio/server/infra/trusted-fetch"
import { type Browser, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

/** Shorter than in use, so that a site that never ends does not hold up the test. */
const siteMsMax = 400

/** Another site, at a real socket, answering as a test wants. */
function otherSite() {
  let answer: (path: string) => Response = () => new Response(null, { status: 404 })
  const paths: string[] = []
  const site = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch({ url }) {
      const { pathname } = new URL(url)
      paths.push(pathname)
      return answer(pathname)
    },
  })
  return {
    url: `http://127.0.0.1:${site.port}`,
    port: site.port,
    paths,
    says: (next: typeof answer) => {
      paths.length = 0
      answer = next
    },
    close: () => site.stop(true),
  }
}

const theirs = (models: string[], own: object = {}) => ({
  id: 1,
  type: "token-billing",
  models,
  input: 0.01,
  output: 0.02,
  anonymous: false,
  ...own,
})
const terms = { type: "per-token", input: 10_000_000, output: 20_000_000 }

eachDatabase("prices from elsewhere", (open) => {
  let server: TestServer
  let admin: Browser
  let person: Browser
  let site: ReturnType<typeof otherSite>

  beforeAll(async () => {
    server = await startServer((await open()).db, {
      fetchText: (address, limits) => trustedFetch(address, { ...limits, timeoutMs: siteMsMax }),
    })
    admin = await signInAdmin(server, "boss")
    person = await signIn(server.url, (await server.addUser(0)).actor.name)
    site = otherSite()
  })
  beforeEach(async () => {
    for (const { id } of await admin.query("price.list")) await admin.mutate("price.delete", { id })
  })
  afterAll(async () => {
    await server.close()
    await site.close()
  })

  const says = (document: unknown) => site.says(() => Response.json(document))
  const read = (address = site.url) => admin.mutate("price.site", { address })
  const failure = async (address?: string) => {
    const { code, params } = await admin.failure(read(address))
    expect(code).toBe("price.site")
    expect(params.detail).not.toContain("127.0.0.1")
    return params.detail
  }
  const adopt = (rows: object[], from: object = { kind: "site", address: site.url }) =>
    admin.mutate("price.adopt", { from, rows })
  const rules = async () =>
    (await admin.query("price.list")).map(({ type, models, input, output, anonymous }: any) => ({
      type,
      models,
      input,
      output,
      anonymous,
    }))
  const audited = async () => {
    const { orm, t } = server.deps.db
    return (await orm.select().from(t.auditLog))
      .filter(({ act }: { act: string }) => act === "price.adopt")
      .sort((a: { at: number; id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1))
      .at(-1)
  }

  test("another site's prices are shown beside ours, and nothing is changed", async () => {
    await server.setPrice({ models: ["same", "mine"], ...(terms as any) })
    await server.setPrice({ models: ["dearer"], ...(terms as any), input: 5 })
    says([
      theirs(["same", "new"]),
      theirs(["dearer"], { input: 0.02 }),
      theirs(["bad"], { input: -1 }),
      theirs(["draw"], { type: "times-billing", output: 0.1 }),
    ])
    const found = await read(`${site.url}/`)
    expect(site.paths).toEqual(["/v1/charge"])
    expect(found.offers.map(({ model, state }: any) => [model, state])).toEqual([
      ["same", "same"],
      ["new", "new"],
      ["dearer", "different"],
      ["draw", "new"],
    ])
    expect(found.offers[2]).toMatchObject({
      current: { ...terms, input: 5 },
      terms: { ...terms, input: 20_000_000 },
    })
    expect(found.refused).toEqual([{ models: ["bad"], reason: "rate" }])
    expect(found.onlyHere).toEqual(["mine"])
    expect(await rules()).toHaveLength(2)
  })

  test("B5: without overwriting, only models of no rule are added", async () => {
    await server.setPrice({ models: ["a"], ...(terms as any), input: 5 })
    const rows = ["a", "b", "c"].map((model) => ({ model, ...terms, overwrite: false }))
    expect(await adopt(rows)).toEqual({ added: 2, replaced: 0, kept: 1 })
    expect(await rules()).toEqual([
      { ...terms, input: 5, models: ["a"], anonymous: false },
      { ...terms, models: ["b", "c"], anonymous: false },
    ])
  })

  test("B5: with overwriting, a model leaves all rules, and a rule without models goes", async () => {
    await server.setPrice({ models: ["a", "b"], ...(terms as any), input: 5 })
    await server.setPrice({ models: ["a"], ...(terms as any), input: 6 })
    await server.setPrice({ models: ["gift"], type: "free", input: 0, output: 0, anonymous: true })
    const free = { model: "gift", type: "free", input: 0, output: 0, overwrite: true }
    const rows = [{ model: "a", ...terms, overwrite: true }, free]
    expect(await adopt(rows)).toEqual({ added: 0, replaced: 2, kept: 0 })
    expect(await rules()).toEqual([
      { ...terms, input: 5, models: ["b"], anonymous: false },
      { ...terms, models: ["a"], anonymous: false },
      { type: "free", models: ["gift"], input: 0, output: 0, anonymous: true },
    ])
    expect(server.deps.live.current().prices.get("a")?.input).toBe(10_000_000)
    const line = await audited()
    expect(line?.targetId).toBe(`127.0.0.1:${site.port}`)
    expect(line?.before).toHaveLength(3)
    expect(line?.after).toMatchObject({ added: 0, replaced: 2, kept: 0, rules: [{}, {}] })
  })

  test("of two who take over at the same time, neither undoes the other", async () => {
    for (let round = 0; round < 4; round++) {
      const models = ["a", "b", "c", "d"].map((name) => `${name}${round}`)
      await server.setPrice({ models, ...(terms as any), input: 5 })
      const calls = models
        .slice(0, 3)
        .map((model, at) => adopt([{ model, ...terms, input: 10 + at, overwrite: true }]))
      expect((await Promise.all(calls)).map(({ replaced }: any) => replaced)).toEqual([1, 1, 1])
      const listed = (await rules())
        .flatMap((rule: any) => rule.models)
        .filter((name: string) => models.includes(name))
      expect(listed.sort()).toEqual(models)
      const { prices } = server.deps.live.current()
      expect(models.map((model) => prices.get(model)?.input)).toEqual([10, 11, 12, 5])
    }
  })

  test("a list with one bad row changes nothing", async () => {
    const rows = [
      { model: "a", ...terms, overwrite: true },
      { model: "b", ...terms, input: -1, overwrite: true },
    ]
    expect((await admin.failure(adopt(rows))).code).toBe("input.invalid")
    expect(await rules()).toEqual([])
  })

  test("a site that keeps its API below /api is found, and so is this program's own list", async () => {
    site.says((path) =>
      path === "/api/v1/charge"
        ? Response.json({ status: true, data: [theirs(["m"])] })
        : new Response("<html>", { headers: { "content-type": "text/html" } }),
    )
    expect((await read()).offers).toHaveLength(1)
    expect(site.paths).toEqual(["/v1/charge", "/api/v1/charge"])

    const details = { cachedInput: 7, image: 9 }
    await server.setPrice({ models: ["own"], ...(terms as any), details })
    const own = await read(server.url)
    expect(own.offers).toEqual([
      {
        model: "own",
        terms: { ...terms, details },
        current: { ...terms, details },
        state: "same",
      },
    ])
  })

  test("a site that is broken, endless, huge or nowhere is told of in words, and nothing is changed", async () => {
    site.says(() => new Response("down", { status: 503 }))
    expect(await failure()).toBe("it answered 503")
    site.says(() => new Response("{"))
    expect(await failure()).toBe("it answered something else than a list of prices")
    says({ error: "no" })
    expect(await failure()).toBe("it answered something else than a list of prices")
    site.says(() => new Response(" ".repeat(5 * 1024 * 1024)))
    expect(await failure()).toContain("larger than")
    site.says(() => new Response(endless()))
    expect(await failure()).toContain("no answer within")
    expect(site.paths).toEqual(["/v1/charge"])
    expect(await failure("http://127.0.0.1:1")).toBe("the address could not be reached")
    expect(await rules()).toEqual([])
  })

  test("a site may be private when an administrator names it, but may not lead to another that is", async () => {
    says([theirs(["m"])])
    expect((await read()).offers).toHaveLength(1)
    let asked = 0
    const secret = Bun.serve({
      port: 0,
      hostname: "127.0.0.2",
      fetch: () => {
        asked++
        return Response.json([theirs(["secret"])])
      },
    })
    site.says(() => Response.redirect(`http://127.0.0.2:${secret.port}/v1/charge`))
    await failure()
    expect(asked).toBe(0)
    await secret.stop(true)
  })

  test("only addresses of the web are asked, and only for administrators", async () => {
    for (const address of ["file:///etc/passwd", "ftp://a.test", "nowhere", ""])
      expect((await admin.failure(read(address))).code).toBe("input.invalid")
    const calls = [
      person.mutate("price.site", { address: site.url }),
      person.query("price.template"),
      person.mutate("price.adopt", {
        from: { kind: "site", address: site.url },
        rows: [{ model: "a", ...terms, overwrite: false }],
      }),
    ]
    for (const call of calls) expect((await person.failure(call)).code).toBe("auth.forbidden")
  })

  test("B2: the list that comes along is in dollars, and worth 71 points each unless told otherwise", async () => {
    await server.addChannel({ baseUrl: "http://127.0.0.1:1", models: ["gpt-4o"] })
    const { rates, offers } = await admin.query("price.template")
    expect(rates).toEqual({ cnyPerUsd: 7.1, pointsPerCny: 10 })
    expect(offers.length).toBeGreaterThan(1_000)
    const find = (all: any[], model: string) => all.find((offer) => offer.model === model)
    // 2.50 dollars in, 10 out, 1.25 from the cache, per million tokens.
    expect(find(offers, "gpt-4o")).toMatchObject({
      terms: {
        type: "per-token",
        input: 177_500_000,
        output: 710_000_000,
        details: { cachedInput: 88_750_000 },
      },
      current: null,
      state: "new",
      provider: "openai",
      served: true,
      source: "models.dev",
    })
    expect(find(offers, "dall-e-3")).toMatchObject({
      terms: { type: "per-request", input: 0, output: 5_680_000 },
      served: false,
    })
    expect(find(offers, "whisper-1").terms).toEqual({
      type: "per-token",
      input: 0,
      output: 0,
      details: { second: 7_100 },
    })
    const own = { cnyPerUsd: 7.25, pointsPerCny: 100 }
    const other = await admin.query("price.template", own)
    expect(find(other.offers, "gpt-4o").terms.input).toBe(1_812_500_000)

    const chosen = find(other.offers, "gpt-4o")
    const rows = [{ model: "gpt-4o", ...chosen.terms, overwrite: false }]
    expect(await adopt(rows, { kind: "list", ...own })).toEqual({ added: 1, replaced: 0, kept: 0 })
    const again = await admin.query("price.template")
    expect(again.rates).toEqual(own)
    expect(find(again.offers, "gpt-4o").state).toBe("same")
    expect((await audited())?.targetId).toBe("list")
  })
})

/** A body that goes on for ever, little by little. */
function endless() {
  return new ReadableStream({
    async pull(controller) {
      await Bun.sleep(20)
      controller.enqueue(new TextEncoder().encode(" "))
    },
  })
}
