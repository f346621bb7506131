export type Block = {
  text: string
  /** A code block whose fence has not been closed: drawn without parsing while it grows. */
  openFence?: { language: string; code: string }
}

/** A list longer than this is cut between two items, so that a long one is not parsed again and again. */
const listCharsMax = 2_000

const fenceStart = /^ {0,3}(`{3,}|~{3,})([^`]*)$/
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/
const topItem = /^(?:[-*+]|\d{1,9}[.)])\s/
/**
 * Cuts Markdown into pieces that can be drawn on their own, where it is certain that they can:
 * after a blank line outside of code and formulas, unless a list or an indent goes on. What is
 * complete never changes as text is added, so only the last piece is drawn anew.
 */
export function splitBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let lines: string[] = []
  let chars = 0
  let fence: string | undefined
  let language = ""
  let math = false
  let blank = false
  let list = false

  function cut() {
    if (lines.length > 0) blocks.push({ text: lines.join("\n") })
    lines = []
    chars = 0
    list = false
  }

  for (const line of text.split("\n")) {
    if (fence) {
      if (new RegExp(`^ {0,3}${fence[0]}{${fence.length},}\\s*$`).test(line)) fence = undefined
    } else if (math) {
      if (/\$\$\s*$/.test(line)) math = false
    } else {
      const startsAnew = blank && line.trim() !== "" && !/^(?: {2,}|\t)/.test(line)
      if (startsAnew && !(list && listItem.test(line))) cut()
      else if (list && chars > listCharsMax && topItem.test(line)) cut()
      if (lines.length === 0) list = listItem.test(line)
      const opening = fenceStart.exec(line)
      if (opening) {
        // A fence at the margin stands alone, so that it can be drawn without parsing.
        if (!line.startsWith(" ") && !list) cut()
        fence = opening[1]!
        language = opening[2]!.trim()
      } else if (/^\s*\$\$(?!.*\$\$\s*$)/.test(line)) math = true
    }
    blank = line.trim() === ""
    lines.push(line)
    chars += line.length + 1
  }

  const open = fence && !list && !lines[0]!.startsWith(" ") ? lines.slice(1).join("\n") : undefined
  cut()
  const last = blocks.at(-1)
  if (last && open !== undefined && fenceStart.test(last.text.split("\n", 1)[0]!))
    last.openFence = { language, code: open }
  return blocks
}

/** Such a line gives other blocks a meaning: references and footnotes. */
const definition = /^ {0,3}\[[^\]]+\]:/m

/**
 * Cuts a text that is drawn again and again as it grows: what was complete before is not read
 * again. A finished text in which one place refers to another is one block.
 */
export function createSplitter() {
  let settled = ""
  let before: Block[] = []
  return (text: string, finished: boolean): Block[] => {
    if (finished && definition.test(text)) return [{ text }]
    if (!text.startsWith(settled)) {
      settled = ""
      before = []
    }
    const blocks = [...before, ...splitBlocks(text.slice(settled.length))]
    before = blocks.slice(0, -1)
    settled = text.slice(0, text.length - (blocks.at(-1)?.text.length ?? 0))
    return blocks
  }
}
