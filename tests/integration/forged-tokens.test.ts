import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { setSettings } from "@nio/server/core/live/set-setting"
import { browserWith } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { type IdToken, startLyingIssuer } from "../support/lying-issuer.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

const site = "https://chat.example"
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")
const claims = { sub: "1", id: 1, username: "root", role: "admin", exp: 4_000_000_000 }

/** What other servers take for a session: none of ours has any meaning in it. */
const forged: [string, string][] = [
  ["with alg none", `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`],
  ["with alg None", `${part({ alg: "None" })}.${part(claims)}.AAAA`],
  ["signed by nobody", `${part({ alg: "RS256" })}.${part(claims)}.${"A".repeat(342)}`],
  ["of another algorithm", `${part({ alg: "HS256" })}.${part(claims)}.${"A".repeat(43)}`],
  ["without an end", `${part({ alg: "HS256" })}.${part({ sub: "1" })}.AAAA`],
  ["of wrong types", `${part({ alg: [] })}.${part({ sub: {}, exp: "never", id: [1] })}.AAAA`],
  ["that is no JSON", "e30.bm90IGpzb24.AAAA"],
  ["of dots", "..".repeat(200)],
  ["of six kilobytes", `${part({ alg: "HS256" })}.${"x".repeat(6_000)}.AAAA`],
]

/** A database is made and migrated, beside whatever else this machine does. */
const patienceMs = 30_000

eachDatabase("forged tokens", (open) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer((await open()).db)
  }, patienceMs)
  afterAll(() => server?.close())

  test.each(forged)("B2: a token %s is nobody, at the relay and in a cookie", async (_, token) => {
    const relayed = await fetch(`${server.url}/v1/models`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(relayed.status).toBe(401)
    const browser = browserWith(server.url, `nio_session=${token}`)
    expect((await browser.query("session.current")).user).toBeNull()
    const call = browser.query("account.balance")
    expect(await browser.failure(call)).toMatchObject({ status: 401, code: "auth.required" })
  })

  test.each(forged)("B2: a token %s is nobody, where old clients speak", async (_, token) => {
    for (const authorization of [token, `Bearer ${token}`]) {
      const ask = (path: string) => fetch(`${server.url}${path}`, { headers: { authorization } })
      // That is how they are told: by the body.
      for (const path of ["/api/quota", "/api/conversation/list", "/api/apikey"]) {
        const answer = await ask(path)
        expect(answer.status).toBeOneOf([200, 401])
        expect(await answer.json()).toMatchObject({ status: false })
      }
      expect((await ask("/api/v1/models")).status).toBe(401)
    }
  })

  test("B2: a token of a megabyte is refused before anybody reads it", async () => {
    const token = "x".repeat(1024 * 1024)
    for (const headers of [
      { authorization: `Bearer ${token}` },
      { cookie: `nio_session=${token}` },
    ])
      for (const path of ["/v1/models", "/trpc/account.balance"]) {
        const answer = await fetch(`${server.url}${path}`, { headers }).catch(() => undefined)
        // Bun ends the connection over headers this long, or says that they are.
        expect(answer?.status ?? 431).toBeOneOf([401, 431])
      }
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })

  describe("an issuer's ID token", () => {
    const issuer = startLyingIssuer()
    const { signers } = issuer
    beforeAll(async () => {
      await setSettings(server.deps, server.admin, [{ key: "site.address", value: site }])
      const admin = await signInAdmin(server, "operator-of-it")
      await admin.mutate("oidc.saveProvider", {
        provider: {
          id: "liar",
          name: "Liar",
          issuer: issuer.url,
          clientId: "nio",
          scopes: ["email"],
          enabled: true,
        },
        clientSecret: "s3cret",
      })
    })
    afterAll(() => issuer.close())

    async function through(lie: (token: IdToken) => IdToken | string) {
      issuer.tell(lie)
      const answer = await browserWith(server.url, "").post("oidc.begin", { provider: "liar" })
      const { address } = ((await answer.json()) as any).result.data
      const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? ""
      const { pathname, search } = new URL(issuer.visit(address))
      const back = await fetch(`${server.url}${pathname}${search}`, {
        headers: { cookie },
        redirect: "manual",
      })
      return { location: back.headers.get("location"), signedIn: back.headers.has("set-cookie") }
    }
    const claim =
      (own: Record<string, unknown>) =>
      (token: IdToken): IdToken => ({ ...token, claims: { ...token.claims, ...own } })

    test("that is true lets its owner in", async () => {
      expect(await through((token) => token)).toEqual({ location: "/", signedIn: true })
    })

    const lies: [string, (token: IdToken) => IdToken | string][] = [
      ["with alg none", (token) => ({ ...token, header: { alg: "none" }, sign: signers.none })],
      ["with RS256 and no signature", (token) => ({ ...token, sign: signers.none })],
      ["signed with another key", (token) => ({ ...token, sign: signers.otherKey })],
      [
        "signed with the public key as a secret",
        (token) => ({ ...token, header: { alg: "HS256", kid: "1" }, sign: signers.publicKey }),
      ],
      [
        "signed with the client's secret",
        (token) => ({ ...token, header: { alg: "HS256" }, sign: signers.clientSecret }),
      ],
      ["of an unknown key", (token) => ({ ...token, header: { alg: "RS256", kid: "9" } })],
      ["with a wrong nonce", claim({ nonce: "another" })],
      ["without a nonce", claim({ nonce: undefined })],
      ["for another client", claim({ aud: "another" })],
      ["for several, of which we are not the one meant", claim({ aud: ["nio", "x"], azp: "x" })],
      ["of another issuer", claim({ iss: "https://evil.example" })],
      ["that has ended", claim({ exp: Math.floor(Date.now() / 1_000) - 600 })],
      ["without an end", claim({ exp: undefined })],
      ["whose end is a word", claim({ exp: "never" })],
      ["of nobody", claim({ sub: undefined })],
      ["of something that is no name", claim({ sub: { $ne: 1 } })],
      ["that is no token", () => "not a token"],
      ["of a megabyte", () => `${"x".repeat(1024 * 1024)}.x.x`],
    ]
    test.each(lies)("B2, B9: %s is refused", async (_, lie) => {
      expect(await through(lie)).toEqual({
        location: "/sign-in?failed=oidc.refused",
        signedIn: false,
      })
    })
  })
})
