/** Digits after the point beyond which nobody writes a price. */
const digitsMax = 60

/**
 * `value` times ten to the `places`, rounded to the nearest whole number, by decimal digits and not
 * in floating point: 0.010000001 is ten million and one billionths. Takes numbers, also quoted ones.
 * @returns undefined when it is not a number
 */
export function scaled(value: unknown, places: number): bigint | undefined {
  const text = typeof value === "number" ? shortest(value) : value
  if (typeof text !== "string") return undefined
  const [, sign, whole = "", part = "", power = "0"] = decimal.exec(text.trim()) ?? []
  const shift = Number(power) + places
  if (sign === undefined || whole + part === "" || Math.abs(shift) > digitsMax) return undefined
  const digits = BigInt(whole + part)
  const exponent = shift - part.length
  const size =
    exponent >= 0 ? digits * 10n ** BigInt(exponent) : divided(digits, 10n ** BigInt(-exponent))
  return sign === "-" ? -size : size
}

const decimal = /^([+-]?)(\d{0,30})(?:\.(\d{0,60}))?(?:e([+-]?\d{1,3}))?$/i

const divided = (digits: bigint, by: bigint) => (digits + by / 2n) / by

/**
 * Chat Nio computes with 32-bit floats, and some of its versions write them out widened: 0.01 as
 * 0.009999999776482582. The shortest text that means the same 32-bit float is what was typed.
 */
function shortest(value: number): string {
  if (Math.fround(value) !== value) return String(value)
  for (let digits = 6; digits <= 9; digits++) {
    const text = value.toPrecision(digits)
    if (Math.fround(Number(text)) === value) return text
  }
  return String(value)
}
