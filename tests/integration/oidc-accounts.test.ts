import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { setSettings } from "@nio/server/core/live/set-setting"
import { browserWith, signIn, testPassword } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { visitIssuer } from "../support/oidc-issuer.ts"
import { refused, startOidcSite } from "../support/oidc-site.ts"

const minuteMs = 60_000
const patienceMs = 30_000

eachDatabase("accounts elsewhere, and who keeps them", (open) => {
  let desk: Awaited<ReturnType<typeof startOidcSite>>
  beforeAll(async () => {
    desk = await startOidcSite((await open()).db)
  }, patienceMs)
  afterAll(() => desk?.close())

  describe("from the account's page", () => {
    /** Somebody with a password, for whom the issuer knows nobody. */
    async function linking(person: string) {
      const { actor } = await desk.server.addUser(0)
      const browser = await signIn(desk.server.url, actor.name)
      const journey = await desk.sent("/account/security", browser.cookie, "oidc.link")
      const returned = await visitIssuer(journey.address, person)
      return { actor, browser, returned, cookie: journey.cookie }
    }

    test("an account is connected whatever its address, and taken off again", async () => {
      const { actor, browser, returned, cookie } = await linking("hal")
      expect(await desk.back(returned, cookie)).toMatchObject({ location: "/account/security" })
      expect((await desk.whoIs((await desk.through("hal")).session)).id).toBe(actor.userId)
      const [{ id }] = await browser.query("oidc.identities")
      const stranger = browserWith(desk.server.url, (await desk.through("ann")).session)
      // Not theirs, so nothing happens to it.
      await stranger.mutate("oidc.unlink", { id })
      await browser.mutate("oidc.unlink", { id })
      expect(await browser.query("oidc.identities")).toEqual([])
    })

    test("one that is somebody else's is refused", async () => {
      await desk.through("cat")
      const { returned, cookie } = await linking("cat")
      expect(await desk.back(returned, cookie)).toMatchObject({
        location: "/sign-in?failed=oidc.taken",
      })
    })

    test("B9: the way back of somebody who is signed in as another links nothing", async () => {
      const { returned, cookie } = await linking("ida")
      const { actor } = await desk.server.addUser(0)
      const other = await signIn(desk.server.url, actor.name)
      const mixed = cookie.replace(/nio_session=[^;]+/, other.cookie)
      expect(await desk.back(returned, mixed)).toEqual(refused)
      expect(await other.query("oidc.identities")).toEqual([])
    })

    test("B6: it needs a fresh proof", async () => {
      const { actor } = await desk.server.addUser(0)
      const browser = await signIn(desk.server.url, actor.name)
      desk.clock.pass(11 * minuteMs)
      for (const [act, input] of [
        ["oidc.link", { provider: "corp" }],
        ["oidc.unlink", { id: "01890000-0000-7000-8000-000000000000" }],
      ] as const)
        expect(await browser.failure(browser.mutate(act, input))).toMatchObject({
          code: "auth.proof-required",
        })
    })

    test("the last way in stays, until there is a password", async () => {
      const { session } = await desk.through("ann")
      const browser = browserWith(desk.server.url, session)
      expect(await browser.query("factor.list")).toMatchObject({ hasPassword: false })
      expect(await browser.query("session.proofMethods")).toEqual([])
      const [{ id }] = await browser.query("oidc.identities")
      const last = browser.mutate("oidc.unlink", { id })
      expect(await browser.failure(last)).toMatchObject({ code: "oidc.last-way" })
      expect(await browser.query("oidc.identities")).toHaveLength(1)

      desk.clock.pass(11 * minuteMs)
      const late = browser.mutate("session.changePassword", { next: "a first password" })
      expect(await browser.failure(late)).toMatchObject({ code: "auth.proof-required" })
      const fresh = browserWith(desk.server.url, (await desk.through("ann")).session)
      await fresh.mutate("session.changePassword", { next: "a first password" })
      await fresh.mutate("oidc.unlink", { id })
      const again = await signIn(desk.server.url, "Ann", "a first password")
      expect(await again.query("oidc.identities")).toEqual([])
    })

    test("nobody signs in with no password where none is set", async () => {
      const { name } = await desk.whoIs((await desk.through("bob")).session)
      const visitor = browserWith(desk.server.url, "")
      for (const password of ["", " ", testPassword]) {
        const call = visitor.mutate("session.signIn", { name, password })
        expect((await visitor.failure(call)).status).toBeOneOf([400, 401])
      }
    })
  })

  describe("for the operator", () => {
    test("the client's secret goes in and never comes out, and not to another issuer", async () => {
      const all = JSON.stringify([
        await desk.admin.query("oidc.providers"),
        await desk.admin.query("setting.list"),
        await desk.server.deps.db.rows("select * from settings", []),
        await desk.server.deps.db.rows("select * from audit_log", []),
      ])
      expect(all).not.toContain(desk.issuer.clientSecret)
      const secretSet = async () => (await desk.admin.query("oidc.providers"))[0].secretSet
      expect(await secretSet()).toBe(true)
      await desk.admin.mutate("oidc.saveProvider", {
        provider: desk.corp({ issuer: "https://evil.example" }),
      })
      expect(await secretSet()).toBe(false)
      await desk.admin.mutate("oidc.saveProvider", { provider: desk.corp() })
      expect(await secretSet()).toBe(true)
    })

    test("nobody else sees or changes providers; visitors see the names of the open ones", async () => {
      const { actor } = await desk.server.addUser(0)
      const browser = await signIn(desk.server.url, actor.name)
      for (const call of [
        browser.query("oidc.providers"),
        browser.mutate("oidc.saveProvider", { provider: desk.corp() }),
        browser.mutate("oidc.deleteProvider", { id: "corp" }),
      ])
        expect(await browser.failure(call)).toMatchObject({ code: "auth.forbidden" })
      const { site: seen } = await browserWith(desk.server.url, "").query("session.current")
      expect(seen.providers).toEqual([{ id: "corp", name: "Our company" }])
    })

    test("a closed site takes nobody new, and lets in whom it knows", async () => {
      await desk.through("dan")
      await setSettings(desk.server.deps, desk.server.admin, [
        { key: "site.closeRegister", value: true },
      ])
      expect(await desk.through("kim")).toMatchObject({
        location: "/sign-in?failed=register.closed",
      })
      expect((await desk.through("dan")).session).not.toBe("")
      await setSettings(desk.server.deps, desk.server.admin, [
        { key: "site.closeRegister", value: false },
      ])
    })

    test("where only some mail addresses are taken, the issuer must have verified one of them", async () => {
      const set = (enabled: boolean) =>
        setSettings(desk.server.deps, desk.server.admin, [
          { key: "mail.suffixes.enabled", value: enabled },
          { key: "mail.suffixes", value: ["example.org"] },
        ])
      await set(true)
      const unfit = { location: "/sign-in?failed=oidc.mail-unfit", session: "" }
      expect(await desk.through("kim")).toMatchObject(unfit)
      expect(await desk.through("fay")).toMatchObject(unfit)
      expect((await desk.through("lea")).session).not.toBe("")
      await set(false)
    })

    test("an issuer that cannot be reached, and one that is closed, say so", async () => {
      const visitor = browserWith(desk.server.url, "")
      const gone = desk.corp({ id: "gone", issuer: "http://127.0.0.1:9" })
      await desk.admin.mutate("oidc.saveProvider", { provider: gone })
      const call = visitor.mutate("oidc.begin", { provider: "gone" })
      expect(await visitor.failure(call)).toMatchObject({ status: 502, code: "oidc.unreachable" })
      await desk.admin.mutate("oidc.saveProvider", { provider: { ...gone, enabled: false } })
      const closed = visitor.mutate("oidc.begin", { provider: "gone" })
      expect(await visitor.failure(closed)).toMatchObject({ status: 404, code: "oidc.unknown" })
      await desk.admin.mutate("oidc.deleteProvider", { id: "gone" })
    })
  })
})
