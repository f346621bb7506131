import { expect, test } from "bun:test"
import { prepareMath } from "./prepare-math.ts"

test.each([
  ["the way most models write", "so \\(x^2\\) is", "so $x^2$ is"],
  ["a formula on its own", "\\[\nx = 1\n\\]", "$$\nx = 1\n$$"],
  ["two dollars on one line", "$$x = 1$$", "$$\nx = 1\n$$"],
  ["dollars within a line", "so $x^2$ is", "so $x^2$ is"],
])("knows %s", (_, text, prepared) => expect(prepareMath(text)).toBe(prepared))

test.each([
  ["two prices", "between $5 and $10.", "between \\$5 and \\$10."],
  ["one price", "it costs $5", "it costs \\$5"],
  ["what is already escaped", "it costs \\$5", "it costs \\$5"],
  ["code", "`$HOME` and `\\(x\\)`", "`$HOME` and `\\(x\\)`"],
  ["a block of code", "```sh\necho $A $B\n```", "```sh\necho $A $B\n```"],
])("leaves %s alone", (_, text, prepared) => expect(prepareMath(text)).toBe(prepared))
