import { afterAll, describe, expect, test } from "bun:test"
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib"
import { GuardError, type GuardReason } from "@nio/server/infra/guard-error"
import { type Guard, type GuardedRequest, guardedFetch } from "@nio/server/infra/guarded-fetch"

const limits: GuardedRequest = { timeoutMs: 2_000, bytesMax: 100_000 }

async function reasonOf(work: Promise<unknown>): Promise<GuardReason | "answered"> {
  try {
    await work
    return "answered"
  } catch (error) {
    if (error instanceof GuardError) return error.reason
    throw error
  }
}

/** The test's own "internet": names that lead to this machine, of which one address is allowed. */
const hosts: Record<string, string[]> = {
  "public.test": ["127.0.0.1"],
  "other.test": ["127.0.0.1"],
  "private.test": ["127.0.0.2"],
  "mixed.test": ["127.0.0.1", "127.0.0.2"],
  "empty.test": [],
}
const guard: Guard = {
  resolve: async (host) => hosts[host] ?? [host],
  allows: (address) => address === "127.0.0.1",
}

const seen: { method: string; authorization: string | null }[] = []
const servers: Bun.Server<undefined>[] = []
function serve(answer: (request: Request, url: URL) => Response | Promise<Response>) {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 30,
    fetch: (request) => {
      seen.push({ method: request.method, authorization: request.headers.get("authorization") })
      return answer(request, new URL(request.url))
    },
  })
  servers.push(server)
  return server.port
}
afterAll(async () => {
  for (const server of servers) await server.stop(true)
})

function streamed(pieces: () => AsyncGenerator<Uint8Array>) {
  const source = pieces()
  const pull = async (controller: ReadableStreamDefaultController) =>
    controller.enqueue((await source.next()).value)
  return new Response(new ReadableStream({ pull }))
}

const redirect = (location: string, status = 302) =>
  new Response(null, { status, headers: { location } })

describe("addresses that lead inside", () => {
  test.each([
    "http://127.0.0.1/",
    "http://0.0.0.0/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://127.1/",
    "http://0177.0.0.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[fd00::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST:8094/",
    "https://127.0.0.1/",
  ])("%s is refused as it is", async (address) => {
    expect(await reasonOf(guardedFetch(address, limits))).toBe("private")
  })

  test.each([
    "file:///etc/passwd",
    "data:text/plain,hi",
    "gopher://127.0.0.1/",
    "ftp://example.com/",
    "javascript:alert(1)",
    "http://user@public.test/",
    "http://user:pass@public.test/",
    "http://public.test@private.test/",
    "http:///",
    "//public.test/",
    "",
    "http://a b/",
  ])("%p is no address to fetch", async (address) => {
    expect(await reasonOf(guardedFetch(address, limits, guard))).toBe("address")
  })

  test.each([
    "http://private.test/",
    "http://mixed.test/",
    "http://empty.test/",
    "http://a\\@private.test/",
  ])("%s is refused by what it resolves to", async (address) => {
    const resolve = async (host: string) => hosts[host] ?? ["10.0.0.1"]
    expect(await reasonOf(guardedFetch(address, limits, { ...guard, resolve }))).toBe("private")
  })

  test("S12: a name that changes its mind leads to the address that was checked", async () => {
    const port = serve((request) => new Response(request.headers.get("host")))
    let lookups = 0
    const resolve = async () => (++lookups === 1 ? ["127.0.0.1"] : ["127.0.0.2"])
    const answer = await guardedFetch(`http://rebind.test:${port}/`, limits, { ...guard, resolve })
    expect(Buffer.from(answer.bytes).toString()).toBe(`rebind.test:${port}`)
    expect(lookups).toBe(1)
  })
})

describe("redirects", () => {
  test("are followed, and each is checked", async () => {
    const inner = serve(() => new Response("secret"))
    const port = serve((_, { pathname }) => {
      const targets: Record<string, string> = {
        "/ok": `http://other.test:${port}/end`,
        "/relative": "end",
        "/inside": `http://private.test:${inner}/`,
        "/literal": `http://[::1]:${inner}/`,
        "/file": "file:///etc/passwd",
        "/login": `http://user@public.test:${port}/end`,
        "/loop": "/loop",
        "/nowhere": "http://a b/",
      }
      return targets[pathname] ? redirect(targets[pathname]) : new Response("end")
    })
    const fetched = (path: string) =>
      guardedFetch(`http://public.test:${port}${path}`, limits, guard)

    expect(await fetched("/ok")).toMatchObject({
      status: 200,
      url: `http://other.test:${port}/end`,
    })
    expect((await fetched("/relative")).url).toBe(`http://public.test:${port}/end`)
    expect(await reasonOf(fetched("/inside"))).toBe("private")
    expect(await reasonOf(fetched("/literal"))).toBe("private")
    expect(await reasonOf(fetched("/file"))).toBe("address")
    expect(await reasonOf(fetched("/login"))).toBe("address")
    expect(await reasonOf(fetched("/loop"))).toBe("redirects")
    expect(await reasonOf(fetched("/nowhere"))).toBe("redirects")
  })

  test("five hops are the most", async () => {
    const port = serve((_, { pathname }) => {
      const left = Number(pathname.slice(1))
      return left === 0 ? new Response("end") : redirect(`/${left - 1}`)
    })
    const hops = (n: number) => guardedFetch(`http://public.test:${port}/${n}`, limits, guard)
    expect((await hops(5)).status).toBe(200)
    expect(await reasonOf(hops(6))).toBe("redirects")
  })

  test("our headers stay with the first origin, and a POST becomes a GET", async () => {
    const port = serve((_, { pathname }) =>
      pathname === "/start"
        ? redirect(`http://other.test:${port}/end`)
        : pathname === "/keep"
          ? redirect("/end", 307)
          : new Response("end"),
    )
    const send = (path: string) =>
      guardedFetch(
        `http://public.test:${port}${path}`,
        { ...limits, method: "POST", body: "{}", headers: { authorization: "Bearer k" } },
        guard,
      )
    await send("/start")
    expect(seen.at(-1)!.method).toBe("GET")
    expect(seen.at(-1)!.authorization).toBeNull()
    await send("/keep")
    expect(seen.at(-1)!.method).toBe("POST")
    expect(seen.at(-1)!.authorization).toBe("Bearer k")
  })
})

describe("limits", () => {
  const body = Buffer.alloc(50_000, "a")
  const bomb = Buffer.alloc(50_000_000)
  const packers: Record<string, (data: Buffer) => Buffer<ArrayBuffer>> = {
    gzip: gzipSync,
    deflate: deflateSync,
    br: (data) => brotliCompressSync(data),
  }
  const port = serve((_, { pathname }) => {
    const [, what = "", encoding = ""] = pathname.split("/")
    const packer = packers[encoding]
    if (packer)
      return new Response(packer(what === "bomb" ? bomb : body), {
        headers: { "content-encoding": encoding },
      })
    if (what === "endless")
      return streamed(async function* () {
        while (true) yield Buffer.alloc(10_000)
      })
    if (what === "drip")
      return streamed(async function* () {
        for (;;) {
          yield Buffer.from(".")
          await Bun.sleep(50)
        }
      })
    if (what === "silent") return new Promise<Response>(() => {})
    if (what === "lie") return new Response("plain", { headers: { "content-encoding": "gzip" } })
    if (what === "odd") return new Response("x", { headers: { "content-encoding": "zstd, gzip" } })
    return new Response(body)
  })
  const get = (path: string, own: Partial<GuardedRequest> = {}) =>
    guardedFetch(`http://public.test:${port}${path}`, { ...limits, ...own }, guard)

  test("a body below the limit arrives whole, also when it came packed", async () => {
    for (const path of ["/plain", "/plain/gzip", "/plain/deflate", "/plain/br"])
      expect(Buffer.from((await get(path)).bytes).equals(body)).toBe(true)
  })

  test("a body above it is left at the limit, announced, endless or packed", async () => {
    expect(await reasonOf(get("/plain", { bytesMax: 49_999 }))).toBe("size")
    expect(await reasonOf(get("/endless"))).toBe("size")
    for (const encoding of Object.keys(packers))
      expect(await reasonOf(get(`/bomb/${encoding}`))).toBe("size")
  })

  test("a bomb is not unpacked further than the limit", async () => {
    const before = process.memoryUsage().rss
    for (let n = 0; n < 5; n++) await reasonOf(get("/bomb/gzip"))
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })

  test("one that never answers, or drips for ever, is left when time is up", async () => {
    for (const path of ["/silent", "/drip"]) {
      const started = performance.now()
      expect(await reasonOf(get(path, { timeoutMs: 300 }))).toBe("time")
      expect(performance.now() - started).toBeLessThan(1_000)
    }
  })

  test("a lookup that hangs counts too", async () => {
    const hanging = { ...guard, resolve: () => new Promise<string[]>(() => {}) }
    const fetching = guardedFetch("http://slow.test/", { ...limits, timeoutMs: 100 }, hanging)
    expect(await reasonOf(fetching)).toBe("time")
  })

  test("a caller who gives up gets their own reason", async () => {
    const giveUp = new AbortController()
    const fetching = get("/silent", { signal: giveUp.signal })
    giveUp.abort(new Error("changed my mind"))
    expect(fetching).rejects.toThrow("changed my mind")
    await fetching.catch(() => {})
  })

  test("a lie about the packing, and an unknown one, are told", async () => {
    expect(await reasonOf(get("/lie"))).toBe("network")
    expect(await reasonOf(get("/odd"))).toBe("encoding")
  })

  test("nobody there is a network error", async () => {
    expect(await reasonOf(guardedFetch("http://public.test:1/", limits, guard))).toBe("network")
  })
})
