import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Glob } from "bun"

/** The folder of the project; paths of sources are relative to it. */
export const projectRoot = join(import.meta.dir, "../..")

/** The product's own sources: no tests, nothing that only tests use, nothing generated. */
export function sourceFiles(folder = ""): string[] {
  return [...new Glob("{apps,packages}/*/src/**/*.{ts,tsx}").scanSync(projectRoot)]
    .filter(
      (file) =>
        file.startsWith(folder) && !/\.test\.|\/testing\/|\/mock[^/]*\.ts$|\.gen\.ts$/.test(file),
    )
    .toSorted()
}

export const readSource = (file: string): string => readFileSync(join(projectRoot, file), "utf8")

/** The source with comments blanked, so that words in them are not taken for code. Lines stay. */
export function codeOf(file: string): string {
  return readSource(file).replace(/\/\*[\s\S]*?\*\/|(?<![:\\])\/\/.*$/gm, (comment) =>
    comment.replace(/[^\n]/g, " "),
  )
}

export type Import = { target: string; typeOnly: boolean }

/** Every import and re-export of a file; relative ones as paths from the root. */
export function importsOf(file: string): Import[] {
  return [...codeOf(file).matchAll(importStatement)].map(([, typeOnly, from = "", lazy]) => {
    const target = lazy ?? from
    return {
      target: target.startsWith(".") ? join(dirname(file), target) : target,
      typeOnly: typeOnly !== undefined,
    }
  })
}

const importStatement =
  /^(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+\sfrom\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"/gm

export const isUnder = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`)

/** `file:line: what` for every match of the pattern in the code of a file. */
export function findIn(file: string, pattern: RegExp): string[] {
  const code = codeOf(file)
  return [...code.matchAll(pattern)].map((match) => {
    const line = code.slice(0, match.index).split("\n").length
    return `${file}:${line}: ${match[0].trim()}`
  })
}
