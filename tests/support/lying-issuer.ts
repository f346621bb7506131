import { createHmac, createSign, generateKeyPairSync } from "node:crypto"

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")

/** What an ID token says; each lie changes some of it, or how it is signed. */
export type IdToken = {
  header: Record<string, unknown>
  claims: Record<string, unknown>
  /** Of `header.claims`, base64url. */
  sign: (text: string) => string
}

/** An issuer that keeps to the protocol, but for the lie it was told to tell in its ID tokens. */
export function startLyingIssuer() {
  const honest = generateKeyPairSync("rsa", { modulusLength: 2_048 })
  const other = generateKeyPairSync("rsa", { modulusLength: 2_048 })
  const rs256 = (key: typeof honest.privateKey) => (text: string) =>
    createSign("sha256").update(text).sign(key).toString("base64url")
  let lie = (token: IdToken): IdToken | string => token
  let asked: URLSearchParams | undefined

  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request): Promise<Response> {
      const { pathname } = new URL(request.url)
      if (pathname === "/.well-known/openid-configuration") return Response.json(metadata())
      if (pathname === "/jwks") {
        const jwk = honest.publicKey.export({ format: "jwk" })
        return Response.json({ keys: [{ ...jwk, kid: "1", use: "sig", alg: "RS256" }] })
      }
      if (pathname !== "/token") return new Response(null, { status: 404 })
      return Response.json({ access_token: "a", token_type: "bearer", id_token: idToken() })
    },
  })
  const url: string = `http://127.0.0.1:${server.port}`
  const metadata = () => ({
    issuer: url,
    authorization_endpoint: `${url}/auth`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
    response_types_supported: ["code"],
    id_token_signing_alg_values_supported: ["RS256"],
  })

  function idToken(): string {
    const now = Math.floor(Date.now() / 1_000)
    const told = lie({
      header: { alg: "RS256", kid: "1" },
      claims: {
        iss: url,
        aud: "nio",
        sub: "honest",
        email: "victim@example.com",
        email_verified: true,
        nonce: asked?.get("nonce"),
        iat: now,
        exp: now + 60,
      },
      sign: rs256(honest.privateKey),
    })
    if (typeof told === "string") return told
    const text = `${part(told.header)}.${part(told.claims)}`
    return `${text}.${told.sign(text)}`
  }

  const publicPem = honest.publicKey.export({ format: "pem", type: "spki" })
  return {
    url,
    /** The lies of the next tokens. */
    tell: (next: typeof lie) => {
      lie = next
    },
    signers: {
      none: () => "",
      otherKey: rs256(other.privateKey),
      /** With the public key, which everybody has, as if it were a shared secret. */
      publicKey: (text: string) => createHmac("sha256", publicPem).update(text).digest("base64url"),
      clientSecret: (text: string) =>
        createHmac("sha256", "s3cret").update(text).digest("base64url"),
    },
    /** As a browser that goes there and comes straight back. */
    visit(address: string): string {
      asked = new URL(address).searchParams
      const back = new URL(asked.get("redirect_uri") ?? "")
      back.search = new URLSearchParams({ code: "c", state: asked.get("state") ?? "" }).toString()
      return back.href
    },
    close: () => server.stop(true),
  }
}
