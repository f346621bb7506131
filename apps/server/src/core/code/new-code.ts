/** Nothing that is taken for something else when it is read out or written down: no 0 O 1 I L U. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
const groupChars = 5
const groups = 4
/** Bytes from here on would make the first letters of the alphabet likelier than the rest. */
const byteMax = 256 - (256 % alphabet.length)
/** More than enough in one go. */
const bytesAtOnce = 64

/** `<prefix>-XXXXX-XXXXX-XXXXX-XXXXX`, 98 bits nobody can guess. */
export function newCode(prefix: string): string {
  let letters = ""
  while (letters.length < groupChars * groups)
    for (const byte of crypto.getRandomValues(new Uint8Array(bytesAtOnce)))
      if (byte < byteMax) letters += alphabet.charAt(byte % alphabet.length)
  const starts = Array.from({ length: groups }, (_, group) => group * groupChars)
  return [prefix, ...starts.map((at) => letters.slice(at, at + groupChars))].join("-")
}
