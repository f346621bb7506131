import { expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { projectRoot, readSource } from "../support/sources.ts"

const numbered = (prefix: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${prefix}${from + at}`)

/** Attacks, and holes of the original, that a test has to show closed. */
const wanted = [
  ...numbered("A", 1, 8),
  ...["A11", "A12", "A15", "A18"],
  ...numbered("B", 1, 14),
  ...numbered("S", 1, 24),
  ...numbered("M B", 1, 19),
]

const rows = (await Bun.file(join(projectRoot, "docs/security.md")).text())
  .split("\n")
  .flatMap((line) => {
    const [, id, file, name] = /^\| ([ABSM][ B\d]*\d) \| `([^`]+)` \| (.+) \|$/.exec(line) ?? []
    return id && file && name ? [{ id, file, name }] : []
  })

test("every attack and every hole of the original is shown closed by a test", () => {
  const known = new Set(rows.map(({ id }) => id))
  expect(wanted.filter((id) => !known.has(id))).toEqual([])
})

test("the tests that docs/security.md names are there", () => {
  const missing = rows.filter(
    ({ file, name }) =>
      !existsSync(join(projectRoot, file)) ||
      !readSource(file)
        .split("\n")
        .some((line) => /["'`]/.test(line) && line.includes(name)),
  )
  expect(missing).toEqual([])
  expect(rows.length).toBeGreaterThan(70)
})
