import { AppError } from "../../core/error.ts"
import { hopHeader } from "../../core/routing/upstream-of.ts"

/** A channel may lead to another relay like this one, and no further: beyond that it is a circle. */
const hopsMax = 1

/** Relays like this one that a request came through. */
export function hopsOf({ headers }: Request): number {
  const hops = Number(headers.get(hopHeader) ?? 0)
  return Number.isInteger(hops) && hops >= 0 ? hops : hopsMax + 1
}

/** @throws AppError `relay.loop` */
export function refuseLoop(hops: number): void {
  if (hops > hopsMax) throw new AppError("relay.loop")
}
