import { isDuplicate, passkeys } from "@nio/db"
import type { PasskeyMade, RecoveryCodes } from "../../contract/index.ts"
import { type Actor, requireOwnPassword } from "../actor.ts"
import type { Deps } from "../deps.ts"
import { AppError } from "../error.ts"
import { forgetActors } from "../identity/actor-cache.ts"
import { requireProof } from "../identity/require-proof.ts"
import { hashOf } from "../identity/token.ts"
import { keepChallenge, purposes, takeChallenge } from "./passkey-challenge.ts"
import { passkeySite } from "./passkey-site.ts"
import { firstRecoveryCodes } from "./recovery-codes.ts"
import { webauthn } from "./webauthn.ts"

const passkeysMax = 20

/** @throws AppError `auth.proof-required`, `passkey.too-many` */
export async function passkeyOptions(deps: Deps, actor: Actor, origin: string) {
  const sessionId = await requireRoom(deps, actor)
  const { generateRegistrationOptions } = await webauthn()
  const known = await passkeys.listPasskeysOf(deps.db, actor.userId)
  const options = await generateRegistrationOptions({
    rpName: deps.live.current().settings["site.title"],
    rpID: passkeySite(deps, origin).rpId,
    userID: new TextEncoder().encode(actor.userId),
    userName: actor.name,
    userDisplayName: actor.name,
    attestationType: "none",
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    // Known to the authenticator by itself, and unlocked by its owner: then no name and no password is needed.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  })
  await keepChallenge(deps, options.challenge, purposes.add(sessionId))
  return options
}

type New = { name: string; made: PasskeyMade; origin: string }

/**
 * @returns recovery codes, when it is their first second factor
 * @throws AppError `auth.proof-required`, `passkey.refused`, `passkey.too-many`
 */
export async function addPasskey(
  deps: Deps,
  actor: Actor,
  { name, made, origin }: New,
): Promise<RecoveryCodes> {
  const sessionId = await requireRoom(deps, actor)
  const { userId } = actor
  const { id: credentialId, publicKey, counter } = await verified(deps, { made, origin, sessionId })
  const row = { id: hashOf(credentialId), userId, name, credentialId, counter, lastUsedAt: null }
  const key = publicKey.toBase64({ alphabet: "base64url", omitPadding: true })
  const transports = made.response.transports ?? []
  try {
    const recoveryCodes = await deps.db.transaction(async (tx) => {
      const codes = await firstRecoveryCodes(deps, tx, userId)
      const createdAt = deps.now()
      await passkeys.insertPasskey(tx, { ...row, publicKey: key, transports, createdAt })
      return codes
    })
    await forgetActors(deps)
    return { recoveryCodes }
  } catch (error) {
    if (isDuplicate(error)) throw new AppError("passkey.refused", {}, error)
    throw error
  }
}

async function requireRoom(deps: Deps, actor: Actor): Promise<string> {
  await requireProof(deps, actor, { settingUp: true })
  const { sessionId, userId } = requireOwnPassword(actor)
  if (!sessionId) throw new AppError("auth.required")
  const { length } = await passkeys.listPasskeysOf(deps.db, userId)
  if (length >= passkeysMax) throw new AppError("passkey.too-many", { limit: passkeysMax })
  return sessionId
}

async function verified(
  deps: Deps,
  { made, origin, sessionId }: Omit<New, "name"> & { sessionId: string },
) {
  const { verifyRegistrationResponse } = await webauthn()
  const site = passkeySite(deps, origin)
  const { clientDataJSON, attestationObject } = made.response
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: {
        id: made.id,
        rawId: made.rawId,
        type: made.type,
        response: { clientDataJSON, attestationObject },
        clientExtensionResults: {},
      },
      expectedChallenge: (challenge) => takeChallenge(deps, challenge, purposes.add(sessionId)),
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
    })
    if (registrationInfo) return registrationInfo.credential
  } catch (cause) {
    throw new AppError("passkey.refused", {}, cause)
  }
  throw new AppError("passkey.refused")
}
