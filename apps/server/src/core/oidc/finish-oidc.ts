import { identities, isDuplicate, users } from "@nio/db"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import type { Visit } from "../identity/begin-session.ts"
import { type Entered, enter } from "../identity/enter.ts"
import { hashOf } from "../identity/token.ts"
import { type Journey, journeyKey } from "./begin-oidc.ts"
import { newcomer } from "./newcomer.ts"
import { labelOf, type OidcClaims } from "./oidc.ts"
import { clientOf } from "./oidc-providers.ts"

type Back = {
  provider: string
  /** As the browser came back, `?code=…&state=…`. */
  query: string
  /** The token it kept, when it has one. */
  browser: string | undefined
  /** Who is signed in at it. */
  userId: string | undefined
  visit: Visit
}

/** `entered` is missing when an account was linked. */
export type OidcOutcome = { returnTo: string; entered?: Entered }

/**
 * A browser is back from an issuer. What it was sent with is used up, whatever comes of it.
 * @throws AppError `oidc.refused`, `oidc.taken`, `oidc.mail-unfit`, `register.closed`, `auth.wrong-credentials`
 */
export async function finishOidc(deps: Deps, back: Back): Promise<OidcOutcome> {
  const journey = await takeJourney(deps, back)
  const { provider } = back
  const client = await clientOf(deps, provider)
  const claims = await deps.oidc.finish(client, journey.checks, back.query).catch((cause) => {
    deps.log.warn("an issuer's answer was refused", { provider, cause })
    throw new AppError("oidc.refused", {}, cause)
  })

  const { returnTo, linkTo } = journey
  if (linkTo === undefined)
    return { returnTo, entered: await letIn(deps, { provider, claims, visit: back.visit }) }
  // Whoever signed out, or in as somebody else, meanwhile, no longer is who wanted it.
  if (linkTo !== back.userId) throw new AppError("oidc.refused")
  await link(deps, { provider, claims, userId: linkTo })
  return { returnTo }
}

async function takeJourney(deps: Deps, { provider, query, browser }: Back): Promise<Journey> {
  const state = new URLSearchParams(query).get("state")
  const kept = state ? await deps.kv.take(journeyKey(state)) : undefined
  if (!kept || !browser) throw new AppError("oidc.refused")
  const journey = JSON.parse(kept) as Journey
  if (journey.browser !== hashOf(browser) || journey.provider !== provider)
    throw new AppError("oidc.refused")
  return journey
}

type Found = { provider: string; claims: OidcClaims; visit: Visit }

async function letIn(deps: Deps, { provider, claims, visit }: Found): Promise<Entered> {
  const known = await identities.findIdentity(deps.db, claims)
  const user = known
    ? await users.findUserById(deps.db, known.userId)
    : await byMail(deps, provider, claims)
  if (!user) return enter(deps, await newcomer(deps, { provider, claims, visit }), visit)
  if (user.state !== "active") throw new AppError("auth.wrong-credentials")
  if (known) await identities.noteIdentityUse(deps.db, known.id, deps.now())
  return enter(deps, user, visit)
}

/** Whoever has shown here that this address is theirs, when the issuer has seen the same. */
async function byMail(deps: Deps, provider: string, claims: OidcClaims) {
  if (!claims.email || !claims.emailVerified) return undefined
  const user = await users.findUserByEmail(deps.db, claims.email)
  if (user?.state === "active") await link(deps, { provider, claims, userId: user.id })
  return user
}

async function link(
  deps: Deps,
  { provider, claims, userId }: { provider: string; claims: OidcClaims; userId: string },
): Promise<void> {
  const { issuer, subject } = claims
  const known = await identities.findIdentity(deps.db, claims)
  if (known?.userId === userId) return
  const label = labelOf(claims)
  const at = deps.now()
  const row = { id: deps.newId(), userId, provider, issuer, subject, label }
  await identities
    .insertIdentity(deps.db, { ...row, createdAt: at, lastUsedAt: at })
    .catch((cause) => {
      throw isDuplicate(cause) ? new AppError("oidc.taken", {}, cause) : cause
    })
}
