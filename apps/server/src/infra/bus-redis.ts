import type { Redis } from "ioredis"
import type { Bus, Log } from "../core/deps.ts"
import { createListeners } from "./listeners.ts"
import { createOutage, redisPrefix } from "./redis.ts"

/**
 * The bus between nodes. This node's own listeners are told directly: at once, in order, and also
 * while Redis is away. Other nodes miss what is said meanwhile, and hear again when it is back.
 * Closes the connection it makes beside `redis`, not `redis`.
 */
export async function createRedisBus(redis: Redis, log: Log, prefix = redisPrefix): Promise<Bus> {
  const listeners = createListeners(log)
  const attempt = createOutage(log, "bus")
  const sender = Bun.randomUUIDv7()
  const channelPrefix = `${prefix}bus:`
  const subscriber = redis.duplicate({ enableAutoPipelining: false })
  subscriber.on("error", () => {})
  subscriber.on("message", (channel: string, text: string) => {
    const { from, message } = open(text)
    if (from !== sender) listeners.tell(channel.slice(channelPrefix.length), message)
  })
  // What fails here is asked for again at the next `ready`.
  const listen = (topics: string[]) =>
    subscriber.subscribe(...topics.map((topic) => channelPrefix + topic)).catch(() => {})
  subscriber.on("ready", () => {
    const topics = listeners.topics()
    if (topics.length > 0) void listen(topics)
  })
  await subscriber.connect().catch(() => {})

  return {
    publish: async (topic, message) => {
      queueMicrotask(() => listeners.tell(topic, message))
      await attempt(() => redis.publish(channelPrefix + topic, seal(sender, message)))
    },
    subscribe: async (topic, listener) => {
      const remove = listeners.add(topic, listener)
      // Also when others listen already: then it tells when theirs has come through.
      await listen([topic])
      return async () => {
        remove()
        if (!listeners.has(topic))
          await subscriber.unsubscribe(channelPrefix + topic).catch(() => {})
      }
    },
    close: async () => {
      listeners.clear()
      subscriber.disconnect()
    },
  }
}

const seal = (from: string, message: string) => `${from} ${message}`

function open(text: string) {
  const blank = text.indexOf(" ")
  return { from: text.slice(0, blank), message: text.slice(blank + 1) }
}
