import { describe, expect, test } from "bun:test"
import { createSplitter, splitBlocks } from "./split-blocks.ts"

const textsOf = (text: string) => splitBlocks(text).map((block) => block.text)

const answer = `# Title

A paragraph
of two lines.

1. one

   inside of one

2. two

\`\`\`js
const a = 1

const b = 2
\`\`\`

$$
x

y
$$

> quoted

last`

describe("cutting Markdown into blocks", () => {
  test("cuts only where a blank line ends something", () => {
    expect(textsOf(answer)).toEqual([
      "# Title\n",
      "A paragraph\nof two lines.\n",
      "1. one\n\n   inside of one\n\n2. two\n",
      "```js\nconst a = 1\n\nconst b = 2\n```\n",
      "$$\nx\n\ny\n$$\n",
      "> quoted\n",
      "last",
    ])
  })

  test("loses nothing, wherever the text ends", () => {
    for (let end = 0; end <= answer.length; end++)
      expect(textsOf(answer.slice(0, end)).join("\n")).toBe(answer.slice(0, end))
  })

  test("what is complete stays as it is while text is added, and is the same as cut at once", () => {
    const split = createSplitter()
    for (let end = 1; end <= answer.length; end += 3) {
      const grown = split(answer.slice(0, end), false).map((block) => block.text)
      expect(grown).toEqual(textsOf(answer.slice(0, end)))
    }
  })

  test("an open fence at the margin is known by its language and code", () => {
    expect(splitBlocks("Look:\n\n```python\nprint(1)\n").at(-1)?.openFence).toEqual({
      language: "python",
      code: "print(1)\n",
    })
    expect(splitBlocks("```python\nprint(1)\n```\n").at(-1)?.openFence).toBeUndefined()
  })

  test("a long list is cut between two items", () => {
    const list = Array.from({ length: 400 }, (_, index) => `${index + 1}. item ${index}`).join("\n")
    const blocks = textsOf(list)
    expect(blocks.length).toBeGreaterThan(2)
    for (const block of blocks) expect(block).toMatch(/^\d+\. item/)
  })

  test("a finished text whose places refer to each other is one block", () => {
    const text = "See [it][1].\n\n[1]: https://example.com"
    expect(createSplitter()(text, true)).toHaveLength(1)
    expect(createSplitter()(text, false)).toHaveLength(2)
  })
})
