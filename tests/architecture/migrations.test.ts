import { expect, test } from "bun:test"
import { cp, mkdtemp, readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { projectRoot } from "../support/sources.ts"

test.each(["sqlite", "mysql"])(
  "the migrations for %s end in the schema of the code",
  async (dialect) => {
    // Inside the project, since the generator takes relative paths only.
    const copy = await mkdtemp(join(projectRoot, "node_modules/.migrations-"))
    try {
      await cp(join(projectRoot, "packages/db/migrations", dialect), copy, { recursive: true })
      const before = await readdir(copy)
      const { stdout, stderr } = Bun.spawnSync(
        [
          ...[process.execPath, "x", "--bun", "drizzle-kit", "generate", `--dialect=${dialect}`],
          ...["--casing=snake_case", `--schema=./packages/db/src/schema/${dialect}.ts`],
          `--out=${copy.slice(projectRoot.length + 1)}`,
        ],
        { cwd: projectRoot, stdin: "ignore" },
      )
      const said = `${stdout}${stderr}`
      expect(await readdir(copy), `run \`bun run db:generate\`: ${said}`).toEqual(before)
      expect(said).toContain("No schema changes")
    } finally {
      await rm(copy, { recursive: true })
    }
  },
  30_000,
)
