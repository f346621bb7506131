import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openDatabase } from "@nio/db"
import { RedisClient } from "bun"
import { mysqlUrl } from "../support/databases.ts"
import { eventually } from "../support/eventually.ts"
import { type FormerDatabase, formerDatabase } from "../support/former-site.ts"
import { generateFormerSite } from "../support/generate-former-site.ts"
import { skipSuite } from "../support/skip-suite.ts"
import { projectRoot } from "../support/sources.ts"

setDefaultTimeout(120_000)

const redisUrl = process.env.TEST_REDIS_URL
const name = "nio import chatnio"
/** Enough that it is not over before it can be killed. */
const size = { users: 100, conversations: 8_000 }

if (!mysqlUrl || !redisUrl) skipSuite(name, "TEST_MYSQL_URL or TEST_REDIS_URL is not set")
else
  describe(name, () => {
    let former: FormerDatabase
    let folder: string
    const redis = new RedisClient(`${redisUrl}/9`)

    beforeAll(async () => {
      former = await formerDatabase()
      await generateFormerSite(former, size)
      await former.query(
        "update subscription set expired_at = date_add(now(), interval 40 day) where user_id = 5",
      )
      folder = await mkdtemp(join(tmpdir(), "nio-import-"))
      const today = new Date().toISOString().slice(0, 10)
      await redis.set("usage-gpt4:5", `${today}:00:00:00/7`)
      await redis.set("usage-gpt4:6", "nonsense")
    })
    afterAll(async () => {
      for (const user of [5, 6]) await redis.del(`usage-gpt4:${user}`)
      redis.close()
      await former.remove()
      await rm(folder, { recursive: true })
    })

    const start = (...words: string[]) =>
      Bun.spawn([process.execPath, "apps/server/src/cli/main.ts", ...words], {
        cwd: projectRoot,
        env: { ...process.env, DATA_DIR: folder },
        stdio: ["ignore", "pipe", "pipe"],
      })
    async function command(...words: string[]) {
      const child = start(...words)
      const [out, err] = await Promise.all([
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
      ])
      return { code: await child.exited, out, err }
    }
    const importing = () => [
      ...["import", "chatnio", "--mysql", former.url, "--redis", `${redisUrl}/9`],
      ...["--timezone", "UTC"],
    ]

    test("that is killed among the chats refuses to begin anew, goes on with --resume, and agrees", async () => {
      const killed = start(...importing())
      const path = join(folder, "nio.sqlite")
      const chats = async () => {
        const db = await openDatabase({ engine: "sqlite", path, guest: true })
        try {
          const [row] = await db.rows<{ n: number }>("select count(*) as n from conversations", [])
          return row?.n ?? 0
        } catch {
          return 0
        } finally {
          await db.close()
        }
      }
      await eventually(async () => (await chats()) > 200, 60_000)
      killed.kill("SIGKILL")
      await killed.exited
      expect(await chats()).toBeLessThan(size.conversations - 2)

      const refused = await command(...importing())
      expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("--resume") })
      const resumed = await command(...importing(), "--resume")
      expect(resumed).toMatchObject({ code: 0, err: "" })
      expect(resumed.out).toMatch(/All \d+ sums agree/)
      expect(resumed.out).toMatch(/counter +1 there: 0 new, 1 here before, 0 changed, 0 skipped/)
      expect(await chats()).toBe(size.conversations - 2)
      expect(await command("ledger", "verify")).toMatchObject({ code: 0 })

      const again = await command(...importing())
      expect(again).toMatchObject({
        code: 0,
        out: expect.stringMatching(/conversation +8000 there: 0 new/),
      })
    })

    test("leaves a line for each thing in a file", async () => {
      const reports = await readdir(join(folder, "import-reports"))
      const lines = await Promise.all(
        reports.map(async (file) =>
          (await readFile(join(folder, "import-reports", file), "utf8"))
            .split("\n")
            .filter(Boolean),
        ),
      )
      const whole = lines.flat().flatMap((line) => {
        // The process that was killed may have died within a line.
        try {
          return [JSON.parse(line)]
        } catch {
          return []
        }
      })
      expect(whole).toContainEqual({
        ...{ kind: "conversation", sourceId: "99", outcome: "skipped", targetId: null },
        ...{ reason: "unreadable", notes: [] },
      })
    })

    test("does not understand what is no address, zone or name", async () => {
      for (const words of [
        ["--mysql", "nonsense"],
        ["--mysql", former.url, "--timezone", "Nowhere"],
        ["--mysql", former.url, "--source", "With Blanks"],
        [],
      ])
        expect((await command("import", "chatnio", ...words)).code).toBe(2)
    })
  })
