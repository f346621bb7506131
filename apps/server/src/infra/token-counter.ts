import type { TokenCounter } from "../core/deps.ts"

/** The tokenizer's tables take some 60 MB: given back when nobody has asked for this long. */
const idleMs = 60_000
/** A text that cannot be counted in this time is estimated instead. */
const countMs = 10_000
/** UTF-8 bytes per token of the estimate. */
const bytesPerToken = 4

type Waiting = { resolve: (tokens: number) => void; text: string; timer: Timer }

/**
 * Counts by o200k_base in a worker thread, which is started when first needed and stopped when idle:
 * most upstreams count themselves, and a count must never hold up an answer.
 */
export function createTokenCounter(): TokenCounter {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let idle: Timer | undefined
  let lastId = 0

  function stop() {
    worker?.terminate()
    worker = undefined
    for (const id of [...waiting.keys()]) answer(id)
  }

  function answer(id: number, tokens?: number) {
    const question = waiting.get(id)
    if (!question) return
    waiting.delete(id)
    clearTimeout(question.timer)
    question.resolve(tokens ?? Math.ceil(Buffer.byteLength(question.text) / bytesPerToken))
    if (waiting.size === 0 && worker) idle = unref(setTimeout(stop, idleMs))
  }

  function start(): Worker {
    const started = new Worker(new URL("./token-worker.ts", import.meta.url).href)
    started.unref()
    started.onmessage = ({ data }: MessageEvent<{ id: number; tokens: number }>) =>
      answer(data.id, data.tokens)
    started.onerror = stop
    return started
  }

  return {
    count(text) {
      if (text === "") return Promise.resolve(0)
      clearTimeout(idle)
      worker ??= start()
      const id = ++lastId
      return new Promise((resolve) => {
        waiting.set(id, { resolve, text, timer: unref(setTimeout(stop, countMs)) })
        worker?.postMessage({ id, text })
      })
    },
    close: stop,
  }
}

function unref(timer: Timer): Timer {
  timer.unref()
  return timer
}
