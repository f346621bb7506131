import { timingSafeEqual } from "node:crypto"
import { passwordCharsMin } from "../../contract/index.ts"
import { AppError } from "../error.ts"

/** The password of a fresh install, good for nothing but being replaced. */
export const firstPassword = "chatnio123456"

/** Each takes 64 MB and a processor for a moment; one processor at least is left to the streams. */
export const hashesAtOnce = Math.max(1, Math.min(2, navigator.hardwareConcurrency - 1))
const waitingMax = 100

const argon = { algorithm: "argon2id", memoryCost: 65_536, timeCost: 2 } as const

/** @throws AppError `rate.limited` when too many people are waiting */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => Bun.password.hash(password, argon))

/**
 * Without a stored hash (nobody has that name, or they have no password), and with one from before, it takes the same time.
 *
 * @throws AppError `rate.limited` when too many people are waiting
 */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
): Promise<boolean> {
  // Beside the queue: it is made once, and a full queue must not leave it failed for ever.
  nobody ??= Bun.password.hash(crypto.randomUUID(), argon)
  const legacy = stored !== undefined && isLegacy(stored)
  const hash = !stored || legacy ? await nobody : stored
  const right = await inTurn(() => Bun.password.verify(password, hash).catch(() => false))
  return legacy ? fitsLegacy(password, stored) : right
}

/** How passwords came here from another installation: SHA-256 of the password without blanks around it. */
const legacyMark = "sha256:"

/** Whether it must be hashed anew as soon as the password is known. */
export const isLegacy = (stored: string): boolean => stored.startsWith(legacyMark)

function fitsLegacy(password: string, stored: string): boolean {
  const given = new Bun.CryptoHasher("sha256").update(password.trim()).digest()
  const kept = Buffer.from(stored.slice(legacyMark.length), "hex")
  return kept.length === given.length && timingSafeEqual(kept, given)
}

let nobody: Promise<string> | undefined

/** @throws AppError `auth.password-weak` */
export function requireStrong(password: string, name: string): void {
  const low = password.toLowerCase()
  const weak =
    [...password].length < passwordCharsMin ||
    wellKnown.has(low) ||
    low === name.toLowerCase() ||
    new Set(low).size <= 2
  if (weak) throw new AppError("auth.password-weak", { min: passwordCharsMin })
}

/** Those of the usual lists that are long enough to get here. */
const wellKnown = new Set(
  `${firstPassword} password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678
   123456789 1234567890 0123456789 87654321 987654321 123123123 12341234 11223344 112233445566
   1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 q1w2e3r4 qwerty12 qwerty123 qwerty1234 qwertyui qwertyuiop
   asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 abcd1234 abc12345 abc123456 a1234567 a12345678 a123456789
   aa123456 abcdefgh abcdefghi iloveyou iloveyou1 sunshine princess football baseball superman
   trustno1 welcome1 welcome123 letmein1 letmein123 admin123 admin1234 admin12345 admin123456
   administrator changeme changeme123 default1 root1234 root12345 root123456 test1234 testtest
   woaini1314 5201314520 52013145201 1314520520 147258369 789456123 147852369 741852963 963852741
   whatever computer internet starwars master123 monkey123 dragon123 shadow123 michael1 jennifer
   chatnio1 chatnio123 chatgpt1 chatgpt123 openai123`.split(/\s+/),
)

/** Lets so many run at once; the others wait for their turn. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= waitingMax) throw new AppError("rate.limited", { seconds: 5 })
  if (running >= hashesAtOnce) await new Promise<void>((go) => waiting.push(go))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
let running = 0
const waiting: (() => void)[] = []
