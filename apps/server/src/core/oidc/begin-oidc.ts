import { type Actor, requireOwnPassword } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { requireProof } from "../identity/require-proof.ts"
import { requireRate } from "../identity/require-rate.ts"
import { hashOf } from "../identity/token.ts"
import type { OidcChecks } from "./oidc.ts"
import { clientOf } from "./oidc-providers.ts"

/** How long somebody may take at the issuer's. */
export const journeyMs = 10 * 60_000
/** A person who tries again is not held up; each try has us ask the issuer. */
const perAddress = { capacity: 30, perSecond: 0.5 }

/** A way to an issuer that was begun and not ended; kept until the browser is back. */
export type Journey = {
  provider: string
  checks: OidcChecks
  /** A hash of what the browser keeps in a cookie: nobody else may end what it began. */
  browser: string
  returnTo: string
  /** Who wants to be let in by it from now on; not set for who wants to get in. */
  linkTo?: string
}

type Begin = { provider: string; redirect?: string | undefined; browser: string; address: string }

/**
 * Sends a browser to an issuer. `browser` is a token that it alone keeps.
 * @returns where to
 * @throws AppError `oidc.unknown`, `oidc.no-address`, `oidc.unreachable`, `rate.limited`
 */
export const beginOidc = (deps: Deps, asked: Begin): Promise<{ address: string }> =>
  begin(deps, asked)

/**
 * The same for somebody who is signed in, to be let in by it from now on.
 * @throws AppError `auth.proof-required` beside them
 */
export async function linkOidc(
  deps: Deps,
  actor: Actor,
  asked: Begin,
): Promise<{ address: string }> {
  const { userId } = requireOwnPassword(actor)
  await requireProof(deps, actor)
  return begin(deps, asked, userId)
}

async function begin(deps: Deps, { provider, redirect, browser, address }: Begin, linkTo?: string) {
  await requireRate(deps, [[`oidc:${address}`, perAddress]])
  const client = await clientOf(deps, provider)
  const begun = await deps.oidc.begin(client).catch((cause) => {
    deps.log.warn("an issuer of identities cannot be asked", { provider, cause })
    throw new AppError("oidc.unreachable", {}, cause)
  })
  const journey: Journey = {
    provider,
    checks: begun.checks,
    browser: hashOf(browser),
    returnTo: ownPage(redirect),
    ...(linkTo && { linkTo }),
  }
  await deps.kv.set(journeyKey(begun.checks.state), JSON.stringify(journey), journeyMs)
  return { address: begun.address }
}

export const journeyKey = (state: string): string => `oidc:${hashOf(state)}`

/** A page of ours, whatever was asked for: nobody is sent anywhere else. */
function ownPage(redirect: string | undefined): string {
  const here = "http://here"
  const url = redirect?.startsWith("/") ? URL.parse(redirect, here) : null
  if (url?.origin !== here) return "/"
  // Two slashes in front would be another host: what `/..//elsewhere` comes down to.
  return `/${url.pathname.replace(/^\/+/, "")}${url.search}${url.hash}`
}
