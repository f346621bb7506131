import { passkeys } from "@nio/db"
import type { PasskeyAssertion } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"
import { hashOf } from "../identity/token.ts"
import { keepChallenge, takeChallenge } from "./passkey-challenge.ts"
import { passkeySite } from "./passkey-site.ts"
import { webauthn } from "./webauthn.ts"

type Asked = { origin: string; purpose: string; userId?: string }

/** What a browser is to have signed; by one of somebody's passkeys, or by any that knows this site. */
export async function assertionOptions(deps: Deps, { origin, purpose, userId }: Asked) {
  const { generateAuthenticationOptions } = await webauthn()
  const known = userId ? await passkeys.listPasskeysOf(deps.db, userId) : undefined
  const options = await generateAuthenticationOptions({
    rpID: passkeySite(deps, origin).rpId,
    userVerification: "required",
    ...(known && { allowCredentials: known.map(({ credentialId }) => ({ id: credentialId })) }),
  })
  await keepChallenge(deps, options.challenge, purpose)
  return options
}

type Signed = { assertion: PasskeyAssertion; purpose: string; origin: string }

/**
 * Whose passkey signed, for this purpose, now. Nobody's, when anything is not as it was asked for:
 * the challenge, the site, the signature, a counter that went back, a user who was not verified.
 */
export async function checkAssertion(
  deps: Deps,
  { assertion, purpose, origin }: Signed,
): Promise<string | undefined> {
  const passkey = await passkeys.findPasskey(deps.db, hashOf(assertion.id))
  const { userHandle } = assertion.response
  if (!passkey || (userHandle && userOf(userHandle) !== passkey.userId)) return undefined
  const counter = await signedCounter(deps, { assertion, purpose, origin }, passkey)
  if (counter === undefined) return undefined
  const now = deps.now()
  const used = await passkeys.usePasskey(deps.db, { id: passkey.id, counter, now })
  return used ? passkey.userId : undefined
}

/** The counter that came with a good signature. */
async function signedCounter(
  deps: Deps,
  { assertion, purpose, origin }: Signed,
  { credentialId, publicKey, counter }: passkeys.PasskeyRow,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await webauthn()
  const site = passkeySite(deps, origin)
  const { clientDataJSON, authenticatorData, signature } = assertion.response
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id: assertion.id,
        rawId: assertion.rawId,
        type: assertion.type,
        response: { clientDataJSON, authenticatorData, signature },
        clientExtensionResults: {},
      },
      expectedChallenge: (challenge) => takeChallenge(deps, challenge, purpose),
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: {
        id: credentialId,
        publicKey: Uint8Array.fromBase64(publicKey, { alphabet: "base64url" }),
        counter,
      },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch (cause) {
    deps.log.debug("a passkey was refused", { cause })
    return undefined
  }
}

/** Passkeys keep the id of the account as their user's handle. */
const userOf = (handle: string) =>
  new TextDecoder().decode(Uint8Array.fromBase64(handle, { alphabet: "base64url" }))
