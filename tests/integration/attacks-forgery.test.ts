import { afterAll, beforeAll, expect, test } from "bun:test"
import type { Browser } from "../support/browser.ts"
import { eachDatabase } from "../support/databases.ts"
import { everything } from "../support/former-import.ts"
import { mutations } from "../support/procedure-kinds.ts"
import type { Procedure } from "../support/procedures.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

/** For sweeps over everything, on a busy machine. */
const patienceMs = 60_000

eachDatabase("B14: with an administrator's cookie, a page elsewhere", (openDatabase) => {
  let server: TestServer
  let admin: Browser

  beforeAll(async () => {
    server = await startServer((await openDatabase()).db)
    admin = await signInAdmin(server, "operator")
  }, patienceMs)
  afterAll(() => server.close())

  const sweep = async (send: (procedure: Procedure) => Promise<Response>) => {
    const before = await everything(server.deps.db)
    const wrong: string[] = []
    for (const procedure of mutations) {
      const { status } = await send(procedure)
      if (status < 400 || status >= 500) wrong.push(`${procedure.path}: ${status}`)
    }
    expect(wrong).toEqual([])
    expect(await everything(server.deps.db)).toEqual(before)
  }
  const bodyOf = ({ sample = {} }: Procedure) => JSON.stringify(sample)

  test(
    "B14: changes nothing by JSON from another origin",
    () =>
      sweep((one) =>
        admin.post(one.path, one.sample, {
          origin: "https://evil.test",
          "sec-fetch-site": "cross-site",
        }),
      ),
    patienceMs,
  )

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain; application/json",
  ])(
    "B14: changes nothing by a simple form of %s",
    (type) =>
      sweep((one) =>
        fetch(`${server.url}/trpc/${one.path}`, {
          method: "POST",
          headers: { cookie: admin.cookie, "content-type": type },
          body: bodyOf(one),
        }),
      ),
    patienceMs,
  )

  test(
    "B14: changes nothing by a link",
    () =>
      sweep((one) =>
        fetch(`${server.url}/trpc/${one.path}?input=${encodeURIComponent(bodyOf(one))}`, {
          headers: { cookie: admin.cookie },
        }),
      ),
    patienceMs,
  )
})
