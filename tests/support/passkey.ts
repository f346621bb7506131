import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto"

const flags = { present: 0x01, verified: 0x04, holdsKey: 0x40 }
/** COSE's names for an ES256 key on P-256. */
const es256 = -7

type Options = { challenge: string }
type How = {
  origin: string
  rpId?: string
  counter?: number
  verified?: boolean
  challenge?: string
  type?: string
  userHandle?: string
}

/** An authenticator in software, with one passkey, that says whatever a test wants it to say. */
export function createPasskey() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const { x = "", y = "" } = publicKey.export({ format: "jwk" })
  const credentialId = randomBytes(32)
  const id = credentialId.toString("base64url")
  let counted = 0

  function authData({ origin, rpId, counter, verified = true }: How, extra = Buffer.alloc(0)) {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter ?? ++counted)
    const attested = extra.length > 0 ? flags.holdsKey : 0
    const flag = flags.present | (verified ? flags.verified : 0) | attested
    const site = createHash("sha256").update(rpId ?? new URL(origin).hostname)
    return Buffer.concat([site.digest(), Buffer.from([flag]), count, extra])
  }

  return {
    id,
    /** As `navigator.credentials.create` answers. */
    make(options: Options, how: How) {
      const key = new Map<number, unknown>([
        [1, 2],
        [3, es256],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credentialId.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, cbor(key)])
      const attestation = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData(how, attested)],
      ])
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData("webauthn.create", options, how).toString("base64url"),
          attestationObject: cbor(attestation).toString("base64url"),
        },
      }
    },
    /** As `navigator.credentials.get` answers. */
    sign(options: Options, how: How) {
      const data = authData(how)
      const client = clientData("webauthn.get", options, how)
      const hash = createHash("sha256").update(client).digest()
      const signature = createSign("sha256")
        .update(Buffer.concat([data, hash]))
        .sign(privateKey)
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString("base64url"),
          authenticatorData: data.toString("base64url"),
          signature: signature.toString("base64url"),
          ...(how.userHandle && { userHandle: Buffer.from(how.userHandle).toString("base64url") }),
        },
      }
    },
  }
}

const clientData = (type: string, { challenge }: Options, how: How) =>
  Buffer.from(
    JSON.stringify({
      type: how.type ?? type,
      challenge: how.challenge ?? challenge,
      origin: how.origin,
      crossOrigin: false,
    }),
  )

/** As much of CBOR as a passkey says: whole numbers, bytes, texts and maps. */
function cbor(value: unknown): Buffer {
  if (typeof value === "number") return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value)
  if (typeof value === "string")
    return Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([cborHead(2, value.length), value])
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, one]) => [cbor(key), cbor(one)])
    return Buffer.concat([cborHead(5, value.size), ...entries])
  }
  throw new TypeError("nothing a passkey says")
}

function cborHead(major: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(major << 5) | size])
  if (size < 256) return Buffer.from([(major << 5) | 24, size])
  return Buffer.from([(major << 5) | 25, size >> 8, size & 0xff])
}
