import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { noLimits } from "@nio/server/contract"
import type { Actor } from "@nio/server/core/actor"
import { createApiKey } from "@nio/server/core/identity/create-api-key"
import { browserWith, signIn } from "../support/browser.ts"
import { type Body, type OldClients, openOldSocket, startOldClients } from "../support/compat.ts"
import { eachDatabase } from "../support/databases.ts"
import type { TestServer } from "../support/relay.ts"

eachDatabase("who old clients are", (open) => {
  let old: OldClients
  let server: TestServer
  let actor: Actor
  let key: string
  let token: string

  beforeAll(async () => {
    old = await startOldClients((await open()).db)
    ;({ server, actor, key, token } = old)
  })
  afterAll(() => old?.close())

  const send: OldClients["send"] = (...call) => old.send(...call)
  const get: OldClients["get"] = (...call) => old.get(...call)
  const post: OldClients["post"] = (...call) => old.post(...call)
  const conversation: OldClients["conversation"] = (...call) => old.conversation(...call)

  describe("who asks", () => {
    test.each(["", "Bearer "])("is known by a key with %p in front", async (scheme) => {
      expect(await get("/quota", scheme + key)).toMatchObject({ status: true })
    })

    test("B2: is a stranger with a token that is none, and refused with a key that is none", async () => {
      const header = (claims: object) => btoa(JSON.stringify(claims)).replaceAll("=", "")
      const forged = `${header({ alg: "none" })}.${header({ username: "root", exp: 9e9 })}.`
      for (const credential of [forged, "Bearer null", "undefined", "'; drop table users --"])
        expect(await get("/quota", credential)).toMatchObject({ error: "user not found" })
      for (const credential of [
        "sk-",
        `sk-${"0".repeat(64)}`,
        "Bearer sk-%_",
        `sk-${"x".repeat(9_000)}`,
      ]) {
        const { status } = await send("/info", {}, credential)
        expect(status).toBe(401)
      }
      const huge = await send("/quota", {}, `sk-${"a".repeat(1_000_000)}`).catch(() => undefined)
      expect(huge?.status ?? 431).toBeOneOf([401, 431])
    })

    test.each([
      "//quota",
      "/%71uota",
      "/quota;/info",
      "/quota/.",
      "/info/../quota",
      "/QUOTA",
      "/quota%00",
      "/quota.",
      "/quota%2f",
    ])("B3: is judged the same however the path is written: %s", async (path) => {
      const headers = { "x-forwarded-host": "admin.test", "x-original-url": "/api/info" }
      const answer = await send(path, { headers }, "")
      expect(await answer.text()).not.toContain('"quota"')
    })

    test("S19, B14: is never told by a cookie, neither for reading nor for changing", async () => {
      const browser = await signIn(server.url, actor.name)
      const number = await conversation("keep me")
      for (const path of [
        "/quota",
        `/conversation/delete?id=${number}`,
        "/conversation/clean",
        "/conversation/share/delete?hash=0123456789abcdef",
        "/apikey",
        "/redeem?code=nio-x",
        "/invite?code=x",
      ]) {
        const answer = await send(path, { headers: { cookie: browser.cookie } }, "")
        expect(await answer.json()).toMatchObject({ status: false, error: "user not found" })
      }
      const plain = { "content-type": "text/plain", cookie: browser.cookie }
      for (const path of ["/conversation/rename", "/resetkey", "/conversation/share", "/buy"]) {
        const forged = { method: "POST", body: `{"id":${number},"name":"x"}`, headers: plain }
        expect((await (await send(path, forged, "")).json()) as Body).toMatchObject({
          status: false,
        })
      }
      expect((await get("/conversation/list")).data.map(({ id }: Body) => id)).toContain(number)
    })

    test("a browser's session is none here, and a token from here is none in a browser", async () => {
      const browser = await signIn(server.url, actor.name)
      const cookieToken = browser.cookie.split("=")[1] ?? ""
      expect(await get("/quota", cookieToken)).toMatchObject({ error: "user not found" })
      const asCookie = browserWith(server.url, `nio_session=${token}`)
      expect((await asCookie.query("session.current")).user).toBeNull()
    })

    test("S18: a key reaches neither the account nor anything of an administrator's", async () => {
      const { key: adminKey } = await createApiKey(
        server.deps,
        { ...actor, isAdmin: true, group: "admin" },
        "admin",
      )
      for (const path of ["/apikey", "/userinfo"])
        expect(await get(path, adminKey)).toMatchObject({ status: false })
      expect(await post("/resetkey", {}, adminKey)).toMatchObject({ status: false })
      for (const path of ["/admin/user/list", "/admin/config/view", "/broadcast/list"]) {
        const { status } = await send(path, {}, adminKey)
        expect(status).toBe(404)
      }
    })

    test("B11: what a key is limited to holds here: its expiry, its addresses, its spending", async () => {
      const limited = async (limits: object, cap: number | null = null) =>
        (
          await createApiKey(server.deps, actor, "limited", {
            limits: { ...noLimits, ...limits },
            spendCap: cap,
          })
        ).key
      expect(await get("/quota", await limited({ expiresAt: 1 }))).toMatchObject({ status: false })
      expect(await get("/quota", await limited({ addresses: ["192.0.2.1"] }))).toMatchObject({
        status: false,
      })
      const capped = await limited({ models: ["n"] }, 1_500_000)
      expect(await get("/quota", capped)).toEqual({ status: true, quota: 1.5 })
      const socket = await openOldSocket(server.url, { token: capped, id: -1 })
      expect((await socket.ask("hi")).end.message).toContain("may not use the model")
      socket.close()
    })
  })

  test("too many requests are refused by the real address, in the known shape", async () => {
    const asked = await Promise.all(
      Array.from({ length: 4 }, () =>
        send("/package", {
          headers: { "x-forwarded-for": `10.0.0.${Math.floor(Math.random() * 250)}, 192.0.2.9` },
        }),
      ),
    )
    const bodies = (await Promise.all(asked.map((answer) => answer.json()))) as Body[]
    expect(bodies.filter(({ status }) => status)).toHaveLength(2)
    expect(bodies.find(({ status }) => !status)).toMatchObject({
      status: false,
      error: "request_throttled",
      reason: "You have sent too many requests. Please try again later.",
    })
    expect(asked.every(({ status }) => status === 200)).toBe(true)
  })

  test("pages elsewhere may read it with a credential, and never with a cookie", async () => {
    const headers = { origin: "https://elsewhere.example" }
    const preflight = await send("/quota", { method: "OPTIONS", headers }, "")
    expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization")
    const answer = await send("/quota", { headers })
    expect(answer.headers.get("access-control-allow-origin")).toBe("*")
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull()
  })
})
