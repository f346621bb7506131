import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client"
import type { Oidc, OidcClaims, OidcClient } from "../core/oidc/oidc.ts"
import { type Guard, guardedFetch, publicOnly } from "./guarded-fetch.ts"

/** Of one request to an issuer; people wait for it. */
const timeoutMs = 10_000
const bytesMax = 512 * 1024
/** How long what an issuer says of itself is believed without asking again. */
const configurationMs = 10 * 60_000
const configurationsMax = 100

/**
 * By openid-client: certified, by the author of the provider it is tested against, without
 * dependencies beside its own two, and it leaves the fetching to us. It is told to check the
 * signatures of ID tokens also where TLS would do, so that a token says nothing unless its issuer
 * signed it.
 */
export function createOidc(now: () => number = Date.now): Oidc {
  const configurations = new Map<string, { made: Promise<Configuration>; until: number }>()

  function configurationOf(client: OidcClient): Promise<Configuration> {
    const key = JSON.stringify([client.issuer, client.clientId, client.clientSecret])
    const known = configurations.get(key)
    if (known && known.until > now()) return known.made
    if (configurations.size >= configurationsMax) configurations.clear()
    const made = configure(client)
    configurations.set(key, { made, until: now() + configurationMs })
    made.catch(() => configurations.delete(key))
    return made
  }

  return {
    async begin(client) {
      const configuration = await configurationOf(client)
      const checks = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
      }
      const address = buildAuthorizationUrl(configuration, {
        redirect_uri: client.redirectUri,
        scope: [...new Set(["openid", ...client.scopes])].join(" "),
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: "S256",
      })
      return { address: address.href, checks }
    },

    async finish(client, { state, nonce, verifier }, query) {
      const configuration = await configurationOf(client)
      const back = new URL(client.redirectUri)
      back.search = query
      const tokens = await authorizationCodeGrant(configuration, back, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const said = tokens.claims()
      if (!said) throw new Error("the issuer sent no ID token")
      const asksMore = !said.email && configuration.serverMetadata().userinfo_endpoint
      const more = asksMore
        ? await fetchUserInfo(configuration, tokens.access_token, said.sub)
        : undefined
      return claimsOf({ ...more, ...said })
    },
  }
}

type Said = Record<string, unknown> & { iss: string; sub: string }

function claimsOf({ iss, sub, email, email_verified, preferred_username, name }: Said): OidcClaims {
  return {
    issuer: iss,
    subject: sub,
    email: textOf(email),
    emailVerified: email_verified === true,
    name: textOf(preferred_username) ?? textOf(name),
  }
}

const textOf = (value: unknown) => (typeof value === "string" && value ? value : undefined)

function configure({ issuer, clientId, clientSecret }: OidcClient): Promise<Configuration> {
  const server = new URL(issuer)
  const plain = server.protocol === "http:" ? [allowInsecureRequests] : []
  return discovery(
    server,
    clientId,
    undefined,
    clientSecret === undefined ? None() : bySecret(clientSecret),
    {
      [customFetch]: fetchFor(server.hostname),
      execute: [enableNonRepudiationChecks, ...plain],
      timeout: timeoutMs / 1_000,
    },
  )
}

/** The way the issuer says it takes; without a word, the one that all must take. */
const bySecret =
  (secret: string): ClientAuth =>
  (server, ...rest) => {
    const takesPost = server.token_endpoint_auth_methods_supported?.includes("client_secret_post")
    return (takesPost ? ClientSecretPost : ClientSecretBasic)(secret)(server, ...rest)
  }

/**
 * An issuer is set by an administrator and may be private; where it says its endpoints are must be
 * the same host, or public. Redirects are not followed: they would take a secret along.
 */
function fetchFor(issuerHost: string): CustomFetch {
  const anywhere: Guard = { ...publicOnly, allows: () => true }
  return async (address, { method, headers, body, signal }) => {
    const guard = new URL(address).hostname === issuerHost ? anywhere : publicOnly
    const answer = await guardedFetch(
      address,
      {
        method: method === "POST" ? "POST" : "GET",
        headers: headers as Record<string, string>,
        ...(body != null && { body: String(body) }),
        timeoutMs,
        bytesMax,
        redirects: false,
        ...(signal && { signal }),
      },
      guard,
    )
    return new Response(new Uint8Array(answer.bytes), {
      status: answer.status,
      headers: answer.headers,
    })
  }
}
