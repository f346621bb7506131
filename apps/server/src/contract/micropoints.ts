/**
 * Millionths of a point, whole. 10 points are 1 CNY. A plain number within ±2^53, branded so that
 * points and micropoints cannot be mixed up.
 */
export type Micropoints = number & { readonly unit?: "micropoints" }

const microPerPoint = 1_000_000

/** @throws RangeError beyond ±2^53 millionths. */
export function toMicropoints(points: number): Micropoints {
  const micro = Math.round(points * microPerPoint)
  if (!Number.isSafeInteger(micro)) throw new RangeError("more points than can be counted")
  return micro
}

export const toPoints = (micro: Micropoints): number => micro / microPerPoint
