import { expect, test } from "bun:test"
import { findIn, sourceFiles } from "../support/sources.ts"

/**
 * Every outbound call is guarded: it has a timeout and a size limit, and where a user or an
 * upstream can influence the address, private networks are refused. So only these may call out.
 */
const callers = [
  "apps/server/src/infra/guarded-fetch",
  "apps/server/src/infra/outbound/",
  "apps/server/src/infra/upstream-fetch",
  "apps/web/src/lib/",
]

/** A call of the global; not `upstream.fetch(…)`, and not the head of a method of that name. */
const bareFetch = /(?<![.\w])fetch\((?![^()]*\)\s*(?::[^={]+)?\{)|\bglobalThis\.fetch\b/g
/** Other doors to the network. */
const otherDoors =
  /\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b|\bBun\.connect\b|\bfrom "(?:node:)?(?:https?|net|tls|http2)"/g

test("nothing calls out but through the guarded fetches", () => {
  const wrong = sourceFiles()
    .filter((file) => !callers.some((caller) => file.startsWith(caller)))
    .flatMap((file) => [...findIn(file, bareFetch), ...findIn(file, otherDoors)])
    .map((found) => `${found} – use infra/guarded-fetch, or deps.fetch for channels`)
  expect(wrong).toEqual([])
})

test("the fetches that may call out exist", () => {
  for (const caller of callers) expect(sourceFiles(caller), caller).not.toBeEmpty()
})
