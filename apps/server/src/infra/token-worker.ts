import { countTokens } from "gpt-tokenizer/encoding/o200k_base"

declare const self: Worker

/** Every tokenizer is quadratic in runs without a break; real words are never this long. */
const runMax = 256
const longRun = new RegExp(
  `[\\p{L}\\p{M}]{${runMax},}|\\s{${runMax},}|[^\\s\\p{L}\\p{M}\\p{N}]{${runMax},}|\\p{N}{${runMax},}`,
  "gu",
)

/** In text from people, `<|endoftext|>` is just text. */
const asPlainText = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() }

function count(text: string): number {
  let tokens = 0
  let at = 0
  for (const run of text.matchAll(longRun)) {
    tokens += countTokens(text.slice(at, run.index), asPlainText)
    tokens += countRun(run[0])
    at = run.index + run[0].length
  }
  return tokens + countTokens(text.slice(at), asPlainText)
}

function countRun(run: string): number {
  const letters = Array.from(run)
  let tokens = 0
  for (let at = 0; at < letters.length; at += runMax) {
    tokens += countTokens(letters.slice(at, at + runMax).join(""), asPlainText)
  }
  return tokens
}

self.onmessage = ({ data }: MessageEvent<{ id: number; text: string }>) => {
  self.postMessage({ id: data.id, tokens: count(data.text) })
}
