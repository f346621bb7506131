import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { freshMysql, mysqlUrl } from "../support/databases.ts"
import { formerDatabase } from "../support/former-site.ts"
import { generateFormerSite } from "../support/generate-former-site.ts"
import { projectRoot } from "../support/sources.ts"

/**
 * What taking over a site costs: `bun tests/load/import.ts --users 5000 --conversations 200000`, into
 * SQLite and into MariaDB, twice each. Needs `TEST_MYSQL_URL`. The command itself prints time and memory.
 */
const { values } = parseArgs({
  options: {
    users: { type: "string", default: "5000" },
    conversations: { type: "string", default: "200000" },
  },
})
if (!mysqlUrl) throw new Error("TEST_MYSQL_URL is not set")

const former = await formerDatabase()
const began = performance.now()
await generateFormerSite(former, {
  users: Number(values.users),
  conversations: Number(values.conversations),
})
console.log(`A site made in ${((performance.now() - began) / 1_000).toFixed(1)} s.`)

const folder = await mkdtemp(join(tmpdir(), "nio-import-"))
const mysql = await freshMysql()
try {
  for (const [name, env] of [
    ["SQLite", {}],
    ["MariaDB", mysqlVariables()],
  ] as const)
    for (const time of ["first", "second"]) {
      console.log(`\n${name}, ${time} time`)
      await command(["import", "chatnio", "--mysql", former.url], env)
      if (time === "second") await command(["ledger", "verify"], env)
    }
} finally {
  await mysql.remove()
  await former.remove()
  await rm(folder, { recursive: true })
}

function mysqlVariables() {
  const { options } = mysql
  if (options.engine !== "mysql") throw new TypeError("not MySQL")
  return {
    MYSQL_HOST: options.host,
    MYSQL_PORT: String(options.port),
    MYSQL_USER: options.user,
    MYSQL_PASSWORD: options.password,
    MYSQL_DB: options.database,
  }
}

async function command(words: string[], env: Record<string, string>) {
  const child = Bun.spawn([process.execPath, "apps/server/src/cli/main.ts", ...words], {
    cwd: projectRoot,
    env: { ...process.env, DATA_DIR: folder, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  })
  if ((await child.exited) !== 0) throw new Error(`${words.join(" ")} failed`)
}
