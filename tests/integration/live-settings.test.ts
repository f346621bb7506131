import { expect, test } from "bun:test"
import type { Actor } from "@nio/server/core/actor"
import { listSettings } from "@nio/server/core/live/list-settings"
import { setSetting, setSettings } from "@nio/server/core/live/set-setting"
import { eachDatabase } from "../support/databases.ts"
import { testDeps } from "../support/deps.ts"

const admin: Actor = {
  userId: "root",
  name: "root",
  isAdmin: true,
  group: "admin",
  passwordExpired: false,
}

eachDatabase("settings", (open) => {
  test("an administrator's setting is in use at once, stays, and is in the audit log", async () => {
    const { db } = await open()
    const deps = await testDeps(db)
    await setSetting(deps, admin, { key: "site.title", value: " 我的站 " })
    await setSetting(deps, admin, { key: "site.title", value: "Second" })
    expect(deps.live.current().settings["site.title"]).toBe("Second")
    await deps.close()

    const restarted = await testDeps(db)
    expect(restarted.live.current().settings["site.title"]).toBe("Second")
    await restarted.close()
    expect(
      await db.orm
        .select({ before: db.t.auditLog.before, after: db.t.auditLog.after })
        .from(db.t.auditLog),
    ).toContainEqual({ before: "我的站", after: "Second" })
  })

  test("a value of the wrong shape, and anyone else, changes nothing", async () => {
    const { db } = await open()
    const deps = await testDeps(db)
    const wrong = setSetting(deps, admin, { key: "limits.requestsPerMinute", value: -1 })
    expect(wrong).rejects.toThrow("Invalid request")
    const user = { ...admin, isAdmin: false }
    expect(setSetting(deps, user, { key: "site.title", value: "x" })).rejects.toThrow()
    await wrong.catch(() => {})
    expect(deps.live.current().revision).toBe(0)
    await deps.close()
  })

  test("several are saved together: all of them or none", async () => {
    const { db } = await open()
    const deps = await testDeps(db)
    const title = { key: "site.title", value: "Third" } as const
    const wrong = [title, { key: "search.results", value: 51 } as const]
    await expect(setSettings(deps, admin, wrong)).rejects.toMatchObject({
      params: { param: "search.results" },
    })
    expect(deps.live.current().settings["site.title"]).toBe("Chat Nio")
    await setSettings(deps, admin, [title, { key: "search.results", value: 7 }])
    expect(listSettings(deps, admin)).toMatchObject({ "site.title": "Third", "search.results": 7 })
    expect(() => listSettings(deps, { ...admin, isAdmin: false })).toThrow()
    await deps.close()
  })
})
