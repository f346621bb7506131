import {
  findProgram,
  type Program,
  packageOf,
  startMariaDb,
  startRedis,
} from "../../tests/support/services.ts"
import { runQuietly } from "./static-checks.ts"

/** What the tests need beside what the registry of packages has. */
const needed: Program[] = [
  "mariadbd",
  "mariadb-install-db",
  "my_print_defaults",
  "redis-server",
  "chromium",
]

/** So that pages in Chinese and Japanese can be read on a picture of them. */
const fonts = ["fonts-noto-cjk", "fonts-noto-color-emoji"]

/** Installs with apt what is missing, where this user may. @returns what is missing after that. */
export async function installTools(): Promise<Program[]> {
  const missing = missingTools()
  if (missing.length === 0 || process.getuid?.() !== 0 || !Bun.which("apt-get")) return missing

  const packages = new Set(missing.map(packageOf))
  if (packages.has("chromium")) for (const font of fonts) packages.add(font)
  console.log(`Installing ${[...packages].join(" ")} …`)
  for (const command of [
    ["apt-get", "update", "-qq"],
    ["apt-get", "install", "-y", "-qq", "--no-install-recommends", ...packages],
  ]) {
    const { ok, output } = await runQuietly(command.join(" "), ["env", noQuestions, ...command])
    if (!ok) console.log(`${command.join(" ")} failed:\n${output}`)
  }
  return missingTools()
}

const noQuestions = "DEBIAN_FRONTEND=noninteractive"
const missingTools = () => needed.filter((name) => !findProgram(name))

/** Starts what is not given by the environment already. @returns the environment for the tests. */
export async function startTools() {
  const { TEST_MYSQL_URL, TEST_REDIS_URL, CHROMIUM_PATH } = process.env
  const [mariaDb, redis] = await Promise.all([
    TEST_MYSQL_URL ? undefined : startMariaDb(),
    TEST_REDIS_URL ? undefined : startRedis(),
  ])
  const env = {
    TEST_MYSQL_URL: TEST_MYSQL_URL ?? mariaDb?.url,
    TEST_REDIS_URL: TEST_REDIS_URL ?? redis?.url,
    CHROMIUM_PATH: CHROMIUM_PATH ?? findProgram("chromium"),
  }
  return { env, stop: () => Promise.all([mariaDb?.stop(), redis?.stop()]) }
}
