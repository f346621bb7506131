import type { Bus, Log } from "../core/deps.ts"
import { createListeners } from "./listeners.ts"

/** The bus of one process. Messages arrive in the order they were sent, after the sender's current step. */
export function createMemoryBus(log: Log): Bus {
  const listeners = createListeners(log)
  return {
    publish: async (topic, message) => {
      queueMicrotask(() => listeners.tell(topic, message))
    },
    subscribe: async (topic, listener) => {
      const remove = listeners.add(topic, listener)
      return async () => remove()
    },
    close: async () => listeners.clear(),
  }
}
