import type { Batch, ChatEvent, FinishReason, Usage } from "@nio/adapters"
import { estimateTokens } from "./estimate.ts"

/** Beyond this an upstream's count is a mistake or a lie, and we count ourselves. */
const tokensMax = 100_000_000

/** A word by itself takes several times the room it has in a text. */
const piecesMax = 512

export type Meter = {
  see(batch: Batch): void
  /** The upstream's own count, when it sent a believable one. */
  reported(): Usage | undefined
  /** How the answer ended, as far as it has. */
  finish(): FinishReason | undefined
  /** Whether anything a caller could use has gone out. Reads what has not been read yet. */
  delivered(): boolean
  /** All that has gone out, as text to be counted. */
  text(): string
  /** Tokens that have gone out so far, roughly and cheaply. Lets go of the batches seen. */
  progress(): number
}

/**
 * Watches an answer go by. Batches are kept unread: in most answers the upstream's own count comes
 * with the last one, and nothing else has to be looked at. Long answers are read from time to time
 * by `progress`, so that no more than a few seconds of bytes are kept.
 */
export function createMeter(): Meter {
  let unread: Batch[] = []
  const text: string[] = []
  let pieces: string[] = []
  let roughTokens = 0
  let usage: Usage | undefined
  let finish: FinishReason | undefined
  let something = false

  function readAll() {
    for (const batch of unread) {
      for (const event of batch.events) {
        const piece = wordsOf(event)
        if (piece === undefined) continue
        something = true
        roughTokens += estimateTokens(piece)
        pieces.push(piece)
        if (pieces.length === piecesMax) putTogether()
      }
    }
    unread = []
  }

  function putTogether() {
    text.push(pieces.join(""))
    pieces = []
  }

  return {
    see(batch) {
      unread.push(batch)
      const { usage: reported } = batch.signs
      finish ??= batch.signs.finish
      if (reported && isBelievable(reported)) usage = reported
    },
    reported: () => usage,
    finish: () => finish,
    delivered() {
      readAll()
      return something
    },
    text() {
      readAll()
      putTogether()
      return text.join("")
    },
    progress() {
      readAll()
      return roughTokens
    },
  }
}

/** What an event adds to the answer; undefined when it adds nothing a caller could use. */
function wordsOf(event: ChatEvent): string | undefined {
  switch (event.type) {
    case "text":
      return event.progress ? undefined : event.delta || undefined
    case "reasoning":
    case "refusal":
      return event.delta || undefined
    case "tool-call":
      return (event.name ?? "") + event.argumentsDelta || undefined
    case "image":
      return " "
    default:
      return undefined
  }
}

export function isBelievable({
  input,
  output,
  cachedInput = 0,
  cacheWriteInput = 0,
  reasoning = 0,
  audioInput = 0,
  audioOutput = 0,
  images = 0,
  mediaMs = 0,
}: Usage) {
  const counts = [input, output, cachedInput, cacheWriteInput, reasoning]
  return [...counts, audioInput, audioOutput, images, mediaMs].every(
    (count) => Number.isSafeInteger(count) && count >= 0 && count <= tokensMax,
  )
}
