/** The pieces of a line: text and its colours on light and dark; none for plain text. */
export type CodeLine = readonly (readonly [text: string, light?: string, dark?: string])[]

/** Longer code stays plain: colours would cost more than they help. */
const codeCharsMax = 30_000
/** Code the worker chokes on stays plain too. */
const withinMs = 5_000
const coloursKept = 200

let worker: Worker | undefined
let requests = 0
const waiting = new Map<number, (lines: readonly CodeLine[] | undefined) => void>()
const kept = new Map<string, readonly CodeLine[]>()

function startWorker(): Worker {
  const started = new Worker(new URL("./highlight-worker.ts", import.meta.url), { type: "module" })
  started.onmessage = ({ data }) => {
    waiting.get(data.id)?.(data.lines)
    waiting.delete(data.id)
  }
  return started
}

/** Colours of the code, or undefined when there are none for it. Apart from the page, which stays quick. */
export async function highlight(
  code: string,
  language: string,
): Promise<readonly CodeLine[] | undefined> {
  if (!language || code.length > codeCharsMax) return
  const key = `${language}\n${code}`
  const known = kept.get(key)
  if (known) return known

  worker ??= startWorker()
  const id = ++requests
  const answer = new Promise<readonly CodeLine[] | undefined>((resolve) => waiting.set(id, resolve))
  const late = setTimeout(giveUp, withinMs, id)
  worker.postMessage({ id, code, language: language.toLowerCase() })
  const lines = await answer
  clearTimeout(late)
  if (lines) {
    kept.set(key, lines)
    if (kept.size > coloursKept) kept.delete(kept.keys().next().value!)
  }
  return lines
}

/** A worker that is stuck cannot be asked to stop; a new one starts with the next block. */
function giveUp() {
  worker?.terminate()
  worker = undefined
  for (const resolve of waiting.values()) resolve(undefined)
  waiting.clear()
}
