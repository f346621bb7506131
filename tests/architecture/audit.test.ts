import { expect, test } from "bun:test"
import { codeOf, sourceFiles } from "../support/sources.ts"

const core = "apps/server/src/core/"
/** Repository functions are named for what they do; these do something. */
const writes =
  /\b(?:insert|create|update|delete|remove|save|set|add|grant|ban|change|move|revoke|bump)[A-Z]\w*\(/g
/** Acts of an administrator that leave nothing behind, by file, each with the reason. */
const harmless: Record<string, string> = {}

const adminVerbs = sourceFiles(core).filter((file) =>
  /(?<!function )\brequireAdmin\(/.test(codeOf(file)),
)

test("whatever an administrator changes is written into the audit trail", () => {
  const wrong = adminVerbs
    .filter((file) => !(file in harmless))
    .filter((file) => writesToDatabase(file) && !/\brecordAudit\(/.test(codeOf(file)))
    .map((file) => `${file} requires an administrator and writes, but does not call recordAudit`)
  expect(wrong).toEqual([])
})

test("there are administrators' verbs to look at", () => {
  expect(adminVerbs.length).toBeGreaterThan(5)
})

function writesToDatabase(file: string): boolean {
  const code = codeOf(file)
  if (/\.transaction\(/.test(code)) return true
  const [, names = ""] = /import \{([^}]*)\} from "@nio\/db"/.exec(code) ?? []
  return names.split(",").some((name) => `${name.trim()}(`.search(writes) === 0)
}
