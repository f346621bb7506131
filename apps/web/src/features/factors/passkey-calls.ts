import type { PasskeyAssertion, PasskeyMade } from "@nio/server/contract"
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser"

/** Fetched with the first passkey: most visits need none. */
const library = () => import("@simplewebauthn/browser")

export const supportsPasskeys = "PublicKeyCredential" in globalThis

/** What went wrong in the browser, as the key of its sentence. */
export type PasskeyProblem = "passkey.cancelled" | "passkey.elsewhere" | "passkey.known"

export class PasskeyError extends Error {
  readonly problem: PasskeyProblem
  constructor(problem: PasskeyProblem, cause: unknown) {
    super(problem, { cause })
    this.problem = problem
  }
}

/** What the server asks for; extensions hold bytes, which its types lose on the way, and none is used. */
type Plain<Options> = Omit<Options, "extensions"> & { extensions?: unknown }
export type MakeOptions = Plain<PublicKeyCredentialCreationOptionsJSON>
export type SignOptions = Plain<PublicKeyCredentialRequestOptionsJSON>

/** @throws PasskeyError */
export async function makePasskey({ extensions: _, ...asked }: MakeOptions): Promise<PasskeyMade> {
  const { startRegistration } = await library()
  return told(startRegistration({ optionsJSON: asked }))
}

/** `fill` waits in the browser's own list of suggestions, until somebody picks a passkey there. @throws PasskeyError */
export async function signWithPasskey(
  { extensions: _, ...asked }: SignOptions,
  { fill = false } = {},
): Promise<PasskeyAssertion> {
  const { startAuthentication } = await library()
  return told(startAuthentication({ optionsJSON: asked, useBrowserAutofill: fill }))
}

/** Whether the browser suggests passkeys in the field of the name. */
export const suggestsPasskeys = async (): Promise<boolean> =>
  supportsPasskeys && (await library()).browserSupportsWebAuthnAutofill()

/** Ends what waits in the list of suggestions. */
export const stopSuggesting = async (): Promise<void> =>
  (await library()).WebAuthnAbortService.cancelCeremony()

/** The browser's word for it, as the server takes it: what it may leave out is left out. */
function told<Word>(work: Promise<Word>): Promise<never> {
  return work.then(
    (word) => JSON.parse(JSON.stringify(word)) as never,
    (cause) => {
      throw new PasskeyError(problemOf(cause), cause)
    },
  )
}

function problemOf(cause: unknown): PasskeyProblem {
  const name = cause instanceof Error ? cause.name : ""
  if (name === "InvalidStateError") return "passkey.known"
  return name === "SecurityError" ? "passkey.elsewhere" : "passkey.cancelled"
}
