import { type Outcome, runQuietly, runStaticChecks, seconds } from "./lib/static-checks.ts"

/** Format, lint, types, unused code and the rules of the layers: the definition of done, in seconds. */
const outcomes = await Promise.all([
  runStaticChecks(report),
  runQuietly("architecture", [process.execPath, "test", "--only-failures", "tests/architecture"]),
])
report(outcomes[1])

const failed = outcomes.flat().filter(({ ok }) => !ok)
if (failed.length > 0) {
  console.log(`\nNot done: ${failed.map(({ name }) => name).join(", ")}`)
  process.exit(1)
}

function report({ name, ok, ms, output }: Outcome) {
  if (!ok) console.log(`\n${output.trim()}\n`)
  console.log(`${ok ? "✓" : "✗"} ${name}  ${seconds(ms)}`)
}
