import { z } from "zod"

/** Digits of an authenticator's code, with the blanks some apps show between them. */
const authenticatorCode = z
  .string()
  .transform((text) => text.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/))
const recoveryCode = z.string().trim().min(1).max(64)

const base64url = (charsMax: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(charsMax)
const credentialId = base64url(1_400)

/** What a browser says of itself and what it can do, and which is not asked for here, is left out. */
const credentialFields = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
  clientExtensionResults: z.object({}).default({}),
}

/** A new passkey, as `navigator.credentials.create` made it. */
const passkeyMade = z.object({
  ...credentialFields,
  response: z.object({
    clientDataJSON: base64url(8_192),
    attestationObject: base64url(65_536),
    transports: z.array(z.string().max(32)).max(8).optional(),
  }),
})
export type PasskeyMade = z.infer<typeof passkeyMade>

/** What a passkey signed, as `navigator.credentials.get` says it. */
const passkeyAssertion = z.object({
  ...credentialFields,
  response: z.object({
    clientDataJSON: base64url(8_192),
    authenticatorData: base64url(8_192),
    signature: base64url(8_192),
    userHandle: base64url(128).optional(),
  }),
})
export type PasskeyAssertion = z.infer<typeof passkeyAssertion>

/** Something beside the password. A passkey proves nothing by being there: it has to sign. */
export const factorProof = z.discriminatedUnion("method", [
  z.object({ method: z.literal("code"), code: authenticatorCode }),
  z.object({ method: z.literal("recovery"), code: recoveryCode }),
  z.object({ method: z.literal("passkey"), assertion: passkeyAssertion }),
])
export type FactorProof = z.infer<typeof factorProof>
export type FactorMethod = FactorProof["method"]

/** The token that says the password was right: good for one sign-in within minutes. */
const signInChallenge = z.string().min(1).max(128)

export const secondFactor = z.object({ challenge: signInChallenge, proof: factorProof })
export const secondFactorOptions = z.object({ challenge: signInChallenge })
export const passkeySignIn = z.object({ assertion: passkeyAssertion })

/** The password was right, and is not enough. */
export type SecondFactorAsked = { challenge: string; methods: FactorMethod[] }

export const confirmAuthenticator = z.object({ code: authenticatorCode })

export const passkeyId = z.string().regex(/^[0-9a-f]{64}$/)
const passkeyName = z.string().trim().min(1).max(64)
export const addPasskey = z.object({ name: passkeyName, made: passkeyMade })
export const renamePasskey = z.object({ id: passkeyId, name: passkeyName })

/** The secret of an authenticator app, for once: `uri` is what its QR code says. */
export type AuthenticatorBegun = { secret: string; uri: string }
/** Shown once, when the first factor is set up or they are made anew. */
export type RecoveryCodes = { recoveryCodes: string[] }

export type PasskeyView = { id: string; name: string; createdAt: number; lastUsedAt: number | null }

/** What somebody has to sign in with. */
export type FactorsView = {
  authenticatorSince: number | null
  passkeys: PasskeyView[]
  recoveryCodesLeft: number
  hasPassword: boolean
  /** Whether this site wants them to have a second factor. */
  required: boolean
}
