import { expect, test } from "bun:test"
import { plainText } from "./plain-text.ts"

test.each([
  ["<b>Sky</b> is <em class='x'>blue</em>", "Sky is blue"],
  ["a&nbsp;&amp; b &lt;c&gt; &#39;d&#x27; &hellip;", "a & b <c> 'd' …"],
  ["1 < 2 and 3 > 2", "1 < 2 and 3 > 2"],
  ["line\n  two\t<br/>three", "line two three"],
  ["<script>alert(1)</script>", "alert(1)"],
  ["&unknown; &#0; &#9999999;", "&unknown; &#0; &#9999999;"],
  ["", ""],
])("%s reads as %s", (html, text) => {
  expect(plainText(html)).toBe(text)
})

test("a page of opening brackets takes no time", () => {
  const began = performance.now()
  plainText("<a".repeat(500_000))
  expect(performance.now() - began).toBeLessThan(1_000)
})
