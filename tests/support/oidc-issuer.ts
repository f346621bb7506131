import { createServer } from "node:http"
import Provider from "oidc-provider"

/** What the issuer says of its people, by what they sign in with there. */
export type People = Record<string, Record<string, unknown>>

export type Issuer = { url: string; clientId: string; clientSecret: string; close(): void }

/**
 * A real provider of OpenID Connect on loopback, `oidc-provider`, with its own pages to sign in and
 * to consent at. Whoever types a name that `people` has is that person.
 */
export async function startIssuer(redirectUris: string[], people: People): Promise<Issuer> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const at = server.address()
  const url = `http://127.0.0.1:${typeof at === "object" ? at?.port : ""}`
  const client = { client_id: "nio", client_secret: "the client's own secret" }
  const provider = new Provider(url, {
    clients: [{ ...client, redirect_uris: redirectUris }],
    claims: { email: ["email", "email_verified"], profile: ["name", "preferred_username"] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...people[id] }),
    }),
    cookies: { keys: ["a key of its own"] },
  })
  server.on("request", provider.callback())
  return {
    url,
    clientId: client.client_id,
    clientSecret: client.client_secret,
    close: () => server.close(),
  }
}

/**
 * Goes to the issuer as a browser would, signs in there as `person` and consents.
 * @returns where the issuer sends the browser back to
 */
export async function visitIssuer(address: string, person: string): Promise<string> {
  const cookies = new Map<string, string>()
  const { origin } = new URL(address)
  async function go(to: string, form?: Record<string, string>): Promise<string> {
    const answer = await fetch(new URL(to, origin), {
      redirect: "manual",
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";")[0]?.split(/=(.*)/s) ?? []
      cookies.set(name, value)
    }
    const location = answer.headers.get("location")
    if (location && new URL(location, origin).origin !== origin) return location
    if (location) return go(location)
    return submit(await answer.text())
  }
  function submit(page: string): Promise<string> {
    const [, action] = /action="([^"]+)"/.exec(page) ?? []
    if (!action) throw new Error(`the issuer shows no form: ${page.slice(0, 2_000)}`)
    const signsIn = page.includes('name="login"')
    return go(
      action,
      signsIn ? { prompt: "login", login: person, password: "any" } : { prompt: "consent" },
    )
  }
  return go(address)
}
