import { describe, expect, test } from "bun:test"
import { personName } from "./person-name.ts"

const codeOf = (name: string) => {
  try {
    return personName(name)
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe("a name", () => {
  test.each([
    ["Ann", "Ann"],
    ["  Ann   Lee ", "Ann Lee"],
    ["Ann\u00A0Lee", "Ann Lee"],
    ["Ann\u3000Lee", "Ann Lee"],
    ["e\u0301lan", "\u00E9lan"],
    ["王小明", "王小明"],
    ["Аня", "Аня"],
    ["さくら", "さくら"],
    ["Rooter", "Rooter"],
    ["badmin", "badmin"],
  ])("%p is kept as %p", (typed, kept) => expect(codeOf(typed)).toBe(kept))

  test.each([
    ["a"],
    ["x".repeat(25)],
    ["  "],
    ["Ann\u200BLee"],
    ["Ann\u202Eeel"],
    ["Ann\u2066"],
    ["Ann\u0000"],
    ["Ann\nLee"],
    ["\u3164\u3164"],
    ["\u2800\u2800"],
    ["A\u0301\u0301\u0301\u0301nn"],
    ["ann@example.com"],
    ["\uE000\uE001"],
  ])("%p is refused", (typed) => expect(codeOf(typed)).toBe("name.invalid"))

  test.each([
    ["root"],
    ["ROOT"],
    ["r00t"],
    ["Admin"],
    ["a d m i n"],
    ["admin_1"],
    ["аdmin"],
    ["\uFF32oot"],
    ["Administrator2"],
    ["管理员"],
    ["-system-"],
  ])("%p passes for the operator and is refused", (typed) =>
    expect(codeOf(typed)).toBe("name.reserved"),
  )
})
