import { connect } from "node:net"
import { ConnectError } from "./connect-error.ts"

type Place = { host: string; port: number }

/** Whoever answered so lately can be reached: for them, only a long silence is looked into. */
const freshMs = 10_000
const graceMs = 1_000
/** Places remembered at most. */
const placesMax = 10_000

/** When each place was last known to be there, by `performance.now()`. */
const reachedAt = new Map<string, number>()
const probes = new Map<string, Promise<boolean>>()

/**
 * Rejects when no connection can be made in time. `fetch` does not say when it is connected, so
 * when its answer is slow a connection of our own finds out. Whoever waits gives up the request.
 *
 * @throws ConnectError `CONNECT_TIMEOUT`
 */
export function connectInTime<Value>(
  place: Place,
  connectMs: number,
  work: Promise<Value>,
): Promise<Value> {
  const name = `${place.host}:${place.port}`
  const isFresh = performance.now() - (reachedAt.get(name) ?? Number.NEGATIVE_INFINITY) < freshMs
  const afterMs = isFresh ? connectMs : Math.min(graceMs, connectMs / 2)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      void canConnect(place, name, connectMs - (isFresh ? 0 : afterMs)).then((can) => {
        if (!can) reject(new ConnectError("CONNECT_TIMEOUT"))
      })
    }, afterMs)
    work.then(
      (value) => {
        clearTimeout(timer)
        remember(name)
        resolve(value)
      },
      (cause) => {
        clearTimeout(timer)
        reject(cause)
      },
    )
  })
}

function remember(name: string) {
  reachedAt.set(name, performance.now())
  if (reachedAt.size > placesMax) reachedAt.delete(reachedAt.keys().next().value ?? "")
}

/** Many that wait for the same place ask once. Refused is an answer too, and `fetch` tells of it. */
function canConnect(place: Place, name: string, limitMs: number): Promise<boolean> {
  const known = probes.get(name)
  if (known) return known
  const probe = new Promise<boolean>((resolve) => {
    const socket = connect(place)
    const end = (can: boolean) => {
      clearTimeout(timer)
      probes.delete(name)
      socket.destroy()
      if (can) remember(name)
      resolve(can)
    }
    const timer = setTimeout(end, limitMs, false)
    socket.once("connect", () => end(true))
    socket.once("error", () => end(true))
  })
  probes.set(name, probe)
  return probe
}
