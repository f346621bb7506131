import { expect, test } from "bun:test"
import { basename } from "node:path"
import { codeOf, projectRoot, readSource, sourceFiles } from "../support/sources.ts"

const linesMax = 300
/** Longer files, each with the reason. */
const longer: Record<string, string> = {
  "apps/server/src/core/error.ts": "is a table, with a row for each failure there is",
  ...Object.fromEntries(
    ["en", "zh-CN", "zh-TW", "ja", "ru"].map((language) => [
      `apps/web/src/i18n/${language}/app.ts`,
      "is a table, with a sentence for each failure there is",
    ]),
  ),
}

/** All that a page says in one language. */
const isWordList = (file: string) => /\/i18n\/[\w-]+\/[\w-]+\.ts$/.test(file)

/** Everything that is, or is about to be, in the repository. */
const tracked = Bun.spawnSync(["git", "ls-files", "-co", "--exclude-standard"], {
  cwd: projectRoot,
})
  .stdout.toString()
  .split("\n")
  .filter((file) => file !== "" && Bun.file(`${projectRoot}/${file}`).size > 0)

const isText = (file: string) => /\.(?:tsx?|js|json|md|sh|css|html|toml|ya?ml|lock|sql)$/.test(file)
const scripts = tracked.filter((file) => /\.tsx?$/.test(file) && !/\.gen\.ts$/.test(file))

test(`no source file is longer than ${linesMax} lines`, () => {
  const wrong = scripts
    .filter((file) => !/\/fixtures?\//.test(file) && !isWordList(file) && !(file in longer))
    .map((file) => ({ file, lines: readSource(file).split("\n").length }))
    .filter(({ lines }) => lines > linesMax)
    .map(
      ({ file, lines }) => `${file} has ${lines} lines; split it, or list it here with the reason`,
    )
  expect(wrong).toEqual([])
})

test("files are named in kebab-case", () => {
  const plain = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*$/
  /** Names with a meaning to the router or the route generator. */
  const special = /^(?:_[a-z]+|__root|[a-z]+\.\$[a-zA-Z]+|\$[a-zA-Z]*|routeTree\.gen)\.tsx?$/
  const wrong = tracked
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => !plain.test(basename(file)) && !special.test(basename(file)))
  expect(wrong).toEqual([])
})

test("modules export names, not defaults", () => {
  const configuration = /(?:^|\/)[\w-]+\.config\.ts$/
  const wrong = scripts.filter(
    (file) => !configuration.test(file) && /^export default\b/m.test(codeOf(file)),
  )
  expect(wrong).toEqual([])
})

test("nothing names a place on a developer's machine or a registry's host", () => {
  const words = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "npm" + "js.org", "registry" + ".npm"]
  const wrong = tracked
    .filter(isText)
    .flatMap((file) =>
      words.filter((word) => readSource(file).includes(word)).map((word) => `${file}: ${word}`),
    )
  expect(wrong).toEqual([])
})

test("SQL is written in packages/db alone, and only what both engines know", () => {
  const outside = sourceFiles("apps/").filter((file) => /\bsql`|\.orm\b/.test(codeOf(file)))
  expect(outside).toEqual([])

  const special = /\.returning\(|\.onConflict|\.onDuplicateKey|\breturning\b\s+\*/i
  const wrong = sourceFiles("packages/db/src/repo/").filter((file) => special.test(codeOf(file)))
  expect(wrong).toEqual([])
})
