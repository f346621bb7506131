import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { erase, userList } from "@nio/db"
import type { Actor } from "@nio/server/core/actor"
import { banUser } from "@nio/server/core/user/ban-user"
import { setRole } from "@nio/server/core/user/set-role"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { signInAdmin } from "../support/sign-in-admin.ts"

/** Passwords are hashed, on a machine that may be busy. */
setDefaultTimeout(30_000)

const rounds = 5
const reason = "at the same moment"

eachDatabase("the last administrator", (open) => {
  let server: TestServer

  beforeAll(async () => {
    server = await startServer((await open()).db)
  })
  afterAll(() => server?.close())

  const admins = () => server.deps.db.transaction(erase.lockAdmins)

  async function addAdmin(): Promise<Actor> {
    const { actor } = await server.addUser(0)
    await userList.saveRole(server.deps.db, actor.userId, "admin")
    return { ...actor, isAdmin: true, group: "admin" }
  }

  const takenFrom = {
    demoted: (by: Actor, { userId }: Actor) =>
      setRole(server.deps, by, { userId, role: "user", reason }),
    banned: (by: Actor, { userId }: Actor) =>
      banUser(server.deps, by, { userId, banned: true, reason }),
  }

  test.each(["demoted", "banned"] as const)(
    "of two who have each other %s at once, one stays",
    async (way) => {
      for (let round = 0; round < rounds; round++) {
        const [one, other] = [await addAdmin(), await addAdmin()]
        const acts = await Promise.allSettled([
          takenFrom[way](one, other),
          takenFrom[way](other, one),
        ])
        const refused = acts.filter((act) => act.status === "rejected")
        expect(refused).toMatchObject([{ reason: { code: "auth.forbidden" } }])
        const left = await admins()
        expect(left).toEqual([acts[0].status === "fulfilled" ? one.userId : other.userId])
        for (const id of left) await userList.saveRole(server.deps.db, id, "user")
      }
    },
  )

  test("of two who delete their accounts at once, one stays", async () => {
    for (let round = 0; round < rounds; round++) {
      const names = [`left-${round}`, `right-${round}`]
      const browsers = await Promise.all(names.map((name) => signInAdmin(server, name)))
      const acts = await Promise.allSettled(
        browsers.map((browser, at) => browser.mutate("account.delete", { name: names[at] })),
      )
      expect(acts.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      const left = await admins()
      expect(left).toHaveLength(1)
      for (const id of left) await userList.saveRole(server.deps.db, id, "user")
    }
  })
})
