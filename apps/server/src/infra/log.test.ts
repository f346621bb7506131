import { expect, test } from "bun:test"
import { createLog, type LogLevel } from "./log.ts"

function recorder(level: LogLevel = "debug") {
  const lines: string[] = []
  return { log: createLog(level, { write: (line) => void lines.push(line) }), lines }
}
const parsed = (lines: string[]) => lines.map((line) => JSON.parse(line))

test("a line is one JSON object with time, level, message and fields", () => {
  const { log, lines } = recorder()
  log.child({ requestId: "r1" }).warn("slow\nanswer", { ms: 12 })
  expect(lines).toHaveLength(1)
  expect(parsed(lines)[0]).toEqual({
    level: "warn",
    time: expect.stringMatching(/^\d{4}-/),
    requestId: "r1",
    ms: 12,
    msg: "slow\nanswer",
  })
  expect(lines[0]!.trimEnd()).not.toContain("\n")
})

test("S20: secrets are hidden by name at any depth, other words are not", () => {
  const { log, lines } = recorder()
  log.child({ cookie: "c0" }).info("x", {
    headers: { Authorization: "Bearer s1", "set-cookie": "s2", "x-api-key": "s3" },
    user: { password: "s4", MYSQL_PASSWORD: "s5", sessionToken: "s6" },
    channel: { secrets: ["s7"], key: "s8" },
    keyId: "k1",
    inputTokens: 5,
  })
  expect(lines[0]).not.toMatch(/s[1-8]"|c0/)
  expect(parsed(lines)[0]).toMatchObject({ keyId: "k1", inputTokens: 5 })
})

test("a failing statement is logged without its parameters", () => {
  const { log, lines } = recorder()
  const cause = Object.assign(new Error("lock wait"), { code: "ER_LOCK", sql: "…'my prompt'" })
  const error = Object.assign(
    new Error("Failed query: insert into t values (?)\nparams: my prompt,", { cause }),
    { params: ["my prompt"] },
  )
  log.error("failed", { error })
  expect(lines[0]).not.toContain("my prompt")
  expect(parsed(lines)[0].error).toMatchObject({
    message: "Failed query: insert into t values (?)",
    cause: { message: "lock wait", code: "ER_LOCK" },
  })
  expect(parsed(lines)[0].error.stack).toContain("log.test.ts")
})

test("circles, giants and depths come to an end", () => {
  const { log, lines } = recorder()
  const circle: Record<string, unknown> = { n: 1n }
  circle.self = circle
  log.info("x", { circle, long: "y".repeat(100_000), many: Array(1_000).fill(0) })
  expect(lines[0]!.length).toBeLessThan(10_000)
})

test("below the level nothing is looked at", () => {
  const { log, lines } = recorder("warn")
  const fields = {
    get costly(): never {
      throw new Error("looked at")
    },
  }
  log.debug("x", fields)
  log.child({}).info("x", fields)
  expect(lines).toEqual([])
})
