import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Counts, readJunit } from "./lib/junit.ts"
import { root, runQuietly, runStaticChecks, seconds } from "./lib/static-checks.ts"
import { installTools, startTools } from "./lib/tools.ts"

/** Where the tests of each part are. Two files at a time, where a part takes long enough to matter. */
const parts = [
  { name: "architecture", paths: ["tests/architecture"], flags: [] },
  { name: "unit", paths: ["apps/", "packages/", "bin/"], flags: ["--parallel=2"] },
  { name: "conformance", paths: ["tests/conformance"], flags: ["--parallel=2"] },
  { name: "integration", paths: ["tests/integration", "tests/chaos"], flags: ["--parallel=2"] },
  { name: "end to end", paths: ["tests/e2e"], flags: ["--parallel=2"] },
]

/** For a test or what prepares a suite: a fresh database takes a while on a machine with other things to do. */
const patienceMs = 20_000

const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name)
const unknown = wanted.find(
  (name) => name !== "static" && !parts.some((part) => part.name === name),
)
if (unknown) {
  console.error(`No part ${unknown}. Parts: static, ${parts.map(({ name }) => name).join(", ")}`)
  process.exit(2)
}

const total: Counts = { passed: 0, failed: 0, skipped: [] }
const began = performance.now()
const reports = await mkdtemp(join(tmpdir(), "nio-test-"))
let running: Bun.Subprocess | undefined

const missing = await installTools()
const tools = await startTools()
process.on("SIGINT", () => void interrupt())
process.on("SIGTERM", () => void interrupt())

try {
  if (isWanted("static")) await runStatic()
  if (isWanted("end to end")) await buildWeb()
  for (const part of parts.filter(({ name }) => isWanted(name))) await runPart(part)
} finally {
  await cleanUp()
}
sumUp()

async function runStatic() {
  await runStaticChecks(({ name, ok, ms, output }) => {
    if (!ok) console.log(`\n${output.trim()}\n`)
    add(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] }, ms)
  })
}

async function buildWeb() {
  const web = await runQuietly("web", [process.execPath, "bin/prepare.ts", "web"])
  if (!web.ok) console.log(web.output)
  add("build of the web", { passed: web.ok ? 1 : 0, failed: web.ok ? 0 : 1, skipped: [] }, web.ms)
}

async function runPart({ name, paths, flags }: (typeof parts)[number]) {
  const report = join(reports, `${paths[0]?.replaceAll("/", "-")}.xml`)
  const start = performance.now()
  console.log(`\n── ${name}`)
  running = Bun.spawn(
    [
      ...[
        process.execPath,
        "test",
        "--only-failures",
        `--timeout=${patienceMs}`,
        ...flags,
        ...paths,
      ],
      ...["--reporter=junit", `--reporter-outfile=${report}`],
    ],
    { cwd: root, env: { ...process.env, ...tools.env }, stdio: ["ignore", "inherit", "inherit"] },
  )
  const code = await running.exited
  running = undefined

  const written = Bun.file(report)
  const counts = (await written.exists())
    ? readJunit(await written.text())
    : { passed: 0, failed: 0, skipped: [] }
  // A file that does not load, an error outside of any test, a crash: in no test's account.
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  add(name, counts, performance.now() - start)
}

function add(name: string, { passed, failed, skipped }: Counts, ms: number) {
  const mark = failed > 0 ? "✗" : "✓"
  const rest = skipped.length > 0 ? `, ${skipped.length} skipped` : ""
  console.log(`${mark} ${name}: ${passed} passed, ${failed} failed${rest} (${seconds(ms)})`)
  total.passed += passed
  total.failed += failed
  total.skipped.push(...skipped)
}

function sumUp() {
  if (missing.length > 0) console.log(`\nNot installed here: ${missing.join(", ")}`)
  if (total.skipped.length > 0) console.log(`\nSkipped:\n${bySuite(total.skipped)}`)
  console.log(`\n${seconds(performance.now() - began)}`)
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`)
  const skipFails = process.env.CI === "true" && total.skipped.length > 0
  process.exit(total.failed > 0 || skipFails ? 1 : 0)
}

/** A line per suite; a suite is what comes before the name of the test. */
function bySuite(names: string[]): string {
  const suites = Map.groupBy(names, (name) => name.split(" › ").slice(0, -1).join(" › "))
  return [...suites].map(([suite, tests]) => `  ${suite} (${tests.length})`).join("\n")
}

async function cleanUp() {
  await tools.stop()
  await rm(reports, { recursive: true, force: true })
}

async function interrupt() {
  running?.kill("SIGTERM")
  await running?.exited
  await cleanUp()
  process.exit(130)
}
