import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { codeAt } from "../support/authenticator-app.ts"
import { browserWith, signIn } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { visitIssuer } from "../support/oidc-issuer.ts"
import { refused, site, startOidcSite } from "../support/oidc-site.ts"

const minuteMs = 60_000
const patienceMs = 30_000

eachDatabase("signing in with accounts elsewhere", (open) => {
  let desk: Awaited<ReturnType<typeof startOidcSite>>
  beforeAll(async () => {
    desk = await startOidcSite((await open()).db)
  }, patienceMs)
  afterAll(() => desk?.close())

  test("somebody new gets an account, with the address the issuer verified, and the page first asked for", async () => {
    const { status, location, session } = await desk.through("ann", "/c/123?x=1#y")
    expect([status, location]).toEqual([302, "/c/123?x=1#y"])
    const user = await desk.whoIs(session)
    expect(user.name).toBe("Ann")
    const [row] = await desk.server.deps.db.rows("select * from users where id = ?", [user.id])
    expect(row).toMatchObject({ email: "Ann@example.com", password_hash: "" })
    expect((await desk.whoIs((await desk.through("ann")).session)).id).toBe(user.id)
    expect(await browserWith(desk.server.url, session).query("oidc.identities")).toMatchObject([
      { provider: "corp", label: "Ann@example.com" },
    ])
  })

  test("an address that nobody verified is not theirs, and a name that is taken or reserved becomes another", async () => {
    const user = await desk.whoIs((await desk.through("bob")).session)
    const [row] = await desk.server.deps.db.rows("select * from users where id = ?", [user.id])
    expect(row).toMatchObject({ email: null })
    const cat = await desk.whoIs((await desk.through("cat")).session)
    expect(cat.name).toBe("cat")
    expect(cat.isAdmin).toBe(false)
    expect((await desk.whoIs((await desk.through("gus")).session)).name).toBe("Gus")
  })

  test("who has the same verified address here is let into their account", async () => {
    const { actor } = await desk.server.addUser(0)
    await giveMail(actor.userId, "dan@example.com", true)
    expect((await desk.whoIs((await desk.through("dan")).session)).id).toBe(actor.userId)
    expect((await signIn(desk.server.url, actor.name)).cookie).not.toBe("")
  })

  test("B9: an address that the issuer, or we, have not verified leads into nobody's account", async () => {
    const { actor: victim } = await desk.server.addUser(0)
    await giveMail(victim.userId, "victim@example.com", true)
    const eve = await desk.whoIs((await desk.through("eve")).session)
    expect(eve.id).not.toBe(victim.userId)

    const { actor: careless } = await desk.server.addUser(0)
    await giveMail(careless.userId, "fay@example.com", false)
    expect((await desk.whoIs((await desk.through("fay")).session)).id).not.toBe(careless.userId)
  })
  const giveMail = (id: string, email: string, verified: boolean) =>
    desk.server.deps.db.run(
      "update users set email = ?, email_key = ?, email_verified = ? where id = ?",
      [email, email.toLowerCase(), verified ? 1 : 0, id],
    )

  describe("B9: a state that", () => {
    test("is missing or made up is refused", async () => {
      const { address, cookie } = await desk.sent()
      const returned = new URL(await visitIssuer(address, "ann"))
      for (const state of [undefined, "", "made-up", "x".repeat(5_000)]) {
        const tampered = new URL(returned)
        if (state === undefined) tampered.searchParams.delete("state")
        else tampered.searchParams.set("state", state)
        expect(await desk.back(tampered.href, cookie)).toEqual(refused)
      }
    })

    test("was used is refused, also when it failed the first time", async () => {
      const { address, cookie } = await desk.sent()
      const returned = await visitIssuer(address, "ann")
      expect((await desk.back(returned, cookie)).session).not.toBe("")
      expect(await desk.back(returned, cookie)).toEqual(refused)

      const again = await desk.sent()
      const second = await visitIssuer(again.address, "ann")
      expect(await desk.back(second, "")).toEqual(refused)
      expect(await desk.back(second, again.cookie)).toEqual(refused)
    })

    test("belongs to another browser is refused: nobody is signed in as somebody else", async () => {
      const attacker = await desk.sent()
      const returned = await visitIssuer(attacker.address, "ann")
      const victim = await desk.sent()
      expect(await desk.back(returned, victim.cookie)).toEqual(refused)
    })

    test("is older than ten minutes is refused", async () => {
      const { address, cookie } = await desk.sent()
      const returned = await visitIssuer(address, "ann")
      desk.clock.pass(10 * minuteMs)
      expect(await desk.back(returned, cookie)).toEqual(refused)
    })

    test("came back at another provider's address is refused", async () => {
      const { address, cookie } = await desk.sent()
      const returned = await visitIssuer(address, "ann")
      const elsewhere = returned.replace("/oidc/corp/", "/oidc/other/")
      expect(await desk.back(elsewhere, cookie)).toEqual(refused)
    })
  })

  test("B9: a code of somebody else's journey is refused", async () => {
    const one = await desk.sent()
    const other = await desk.sent()
    const code = new URL(await visitIssuer(one.address, "ann")).searchParams.get("code") ?? ""
    const mixed = new URL(await visitIssuer(other.address, "bob"))
    mixed.searchParams.set("code", code)
    expect(await desk.back(mixed.href, other.cookie)).toEqual(refused)
  })

  test("B9: the issuer's refusal ends at the sign-in page", async () => {
    const { address, cookie } = await desk.sent()
    const state = new URL(address).searchParams.get("state") ?? ""
    const query = new URLSearchParams({ error: "access_denied", state })
    expect(await desk.back(`${site}/oidc/corp/callback?${query}`, cookie)).toEqual(refused)
  })

  test("B3, B9: the way back is the site's address, whatever a request calls itself", async () => {
    const forged = await fetch(`${desk.server.url}/trpc/oidc.begin`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        host: "evil.example",
        "x-forwarded-host": "evil.example",
      },
      body: JSON.stringify({ provider: "corp" }),
    })
    const { address } = ((await forged.json()) as any).result.data
    const asked = new URL(address).searchParams
    expect(asked.get("redirect_uri")).toBe(`${site}/oidc/corp/callback`)
    expect(asked.get("code_challenge_method")).toBe("S256")
    for (const name of ["state", "nonce", "code_challenge"])
      expect((asked.get(name) ?? "").length).toBeGreaterThan(40)
  })

  test.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/..//evil.example",
  ])("B9: nobody is sent on to %p", async (redirect) => {
    const { location } = await desk.through("ann", redirect)
    const target = new URL(location, "http://here.example")
    expect(target.host).toBe("here.example")
    expect(location.startsWith("//")).toBe(false)
  })

  test("a second factor is asked for all the same", async () => {
    const { session } = await desk.through("ann")
    const browser = browserWith(desk.server.url, session)
    const { secret } = await browser.mutate("factor.beginAuthenticator")
    await browser.mutate("factor.confirmAuthenticator", { code: codeAt(secret, desk.clock.now()) })
    desk.clock.pass(30_000)
    const { session: none, location } = await desk.through("ann", "/keys")
    expect(none).toBe("")
    const page = new URL(location, site)
    expect([page.pathname, page.searchParams.get("redirect")]).toEqual(["/sign-in", "/keys"])
    const asked = new URLSearchParams(page.hash.slice(1))
    expect(asked.get("methods")).toBe("code recovery")
    const proof = { method: "code", code: codeAt(secret, desk.clock.now()) }
    const challenge = asked.get("challenge")
    const { user } = await browserWith(desk.server.url, "").mutate("session.secondFactor", {
      challenge,
      proof,
    })
    expect(user.name).toBe("Ann")
    await browser.mutate("factor.removeAuthenticator")
  })

  test("who is banned is not let in", async () => {
    const { id } = await desk.whoIs((await desk.through("gus")).session)
    await desk.server.deps.db.run("update users set state = 'banned' where id = ?", [id])
    expect(await desk.through("gus")).toEqual({
      ...refused,
      location: "/sign-in?failed=auth.wrong-credentials",
    })
  })
})
