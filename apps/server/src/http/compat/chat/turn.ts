import { toPoints } from "../../../contract/index.ts"
import type { ServerFrame } from "./frames.ts"

/** One question and its answer, as the client hears it: a beginning, words, and one end. */
export type Turn = {
  /** Tells the conversation's number. */
  begin(conversation: number): void
  say(words: string): void
  /** The last frame. A repeat says nothing. `charge` in micropoints. */
  end(how: { message?: string; charge?: number; plan?: boolean }): void
}

const quiet: ServerFrame = {
  conversation: 0,
  quota: 0,
  keyword: "",
  message: "",
  end: false,
  plan: false,
}

/** `unsaved` is the number a conversation has that is not kept. */
export function createTurn(send: (frame: ServerFrame) => void, unsaved = -1): Turn {
  let begun = false
  let ended = false

  function begin(conversation: number) {
    if (begun) return
    begun = true
    send({ ...quiet, conversation })
  }

  return {
    begin,
    say(message) {
      if (message !== "" && !ended) send({ ...quiet, message })
    },
    end({ message = "", charge = 0, plan = false }) {
      if (ended) return
      begin(unsaved)
      ended = true
      send({ ...quiet, message, quota: toPoints(charge), plan, end: true })
    },
  }
}
