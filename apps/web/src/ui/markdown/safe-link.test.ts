import { expect, test } from "bun:test"
import { pictureSource, safeLink } from "./safe-link.ts"

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "\u0001javascript:alert(1)",
  "java\nscript:alert(1)",
  "vbscript:x",
  "data:text/html,<script>1</script>",
  "file:///etc/passwd",
  "blob:https://a/b",
  "//example.com/a",
  "",
])("leads nowhere: %j", (href) => expect(safeLink(href)).toBeUndefined())

test.each(["https://example.com/a", "http://example.com/", "mailto:a@b.c", "tel:+1"])(
  "leads there: %s",
  (href) => expect(safeLink(href)).toBe(href),
)

test("pictures inside the text are drawn, others wait, scripts in disguise are neither", () => {
  expect(pictureSource("data:image/png;base64,AAAA")?.kind).toBe("own")
  expect(pictureSource("https://a.b/c?q=1")).toMatchObject({ kind: "remote", host: "a.b" })
  for (const src of ["data:image/svg+xml,<svg/>", "javascript:1", "http://a.b/c", undefined])
    expect(pictureSource(src)).toBeUndefined()
})
