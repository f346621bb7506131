import { Elysia } from "elysia"

/** The parts a node needs, each with a look at how it is. */
export type Readiness = Record<string, () => Promise<boolean>>

/** Longer than this and a part counts as not ready. */
const partMsMax = 2_000

/** `/healthz` is 200 when everything is ready; `/readyz` says which parts are not. */
export function health(parts: Readiness) {
  return new Elysia({ name: "health" })
    .get("/healthz", async () => {
      const ready = (await look(parts)).every(({ ok }) => ok)
      return new Response(ready ? "ok" : "not ready", { status: ready ? 200 : 503 })
    })
    .get("/readyz", async () => {
      const states = await look(parts)
      const ready = states.every(({ ok }) => ok)
      const body = { ready, parts: Object.fromEntries(states.map(({ name, ok }) => [name, ok])) }
      return Response.json(body, { status: ready ? 200 : 503 })
    })
}

function look(parts: Readiness) {
  return Promise.all(
    Object.entries(parts).map(async ([name, isWell]) => {
      const ok = await Promise.race([
        isWell().catch(() => false),
        Bun.sleep(partMsMax).then(() => false),
      ])
      return { name, ok }
    }),
  )
}
