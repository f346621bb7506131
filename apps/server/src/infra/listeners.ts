import type { Log } from "../core/deps.ts"

type Listener = (message: string) => void

/** Who in this process listens to which topic. */
export function createListeners(log: Log) {
  const byTopic = new Map<string, Set<Listener>>()
  return {
    topics: () => [...byTopic.keys()],
    has: (topic: string) => byTopic.has(topic),
    /** @returns a function that removes the listener; harmless when repeated. */
    add(topic: string, listener: Listener): () => void {
      const listeners = byTopic.get(topic) ?? new Set()
      byTopic.set(topic, listeners)
      // Wrapped, so that the same function may listen twice.
      const entry: Listener = (message) => listener(message)
      listeners.add(entry)
      return () => {
        listeners.delete(entry)
        if (listeners.size === 0 && byTopic.get(topic) === listeners) byTopic.delete(topic)
      }
    },
    /** One listener's failure does not keep the others from hearing. */
    tell(topic: string, message: string): void {
      for (const listener of [...(byTopic.get(topic) ?? [])]) {
        try {
          listener(message)
        } catch (error) {
          log.error("a listener failed", { topic, error })
        }
      }
    },
    clear: () => byTopic.clear(),
  }
}
