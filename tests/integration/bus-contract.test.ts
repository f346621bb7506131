import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import type { Bus } from "@nio/server/core/deps"
import { createMemoryBus } from "@nio/server/infra/bus-memory"
import { createRedisBus } from "@nio/server/infra/bus-redis"
import { connectRedis } from "@nio/server/infra/redis"
import { eventually } from "../support/eventually.ts"
import { recordingLog } from "../support/log.ts"
import { randomPrefix, withOwnRedis, withRedis } from "../support/redis.ts"

/** What every bus promises. `open` gives two nodes on one bus. */
function contract(open: () => Promise<[Bus, Bus]>) {
  let here: Bus
  let there: Bus
  beforeAll(async () => {
    ;[here, there] = await open()
  })
  afterAll(async () => {
    await here.close()
    await there.close()
  })

  test("every listener of a topic hears it once, also the sender's own; other topics do not", async () => {
    const heard: string[] = []
    await here.subscribe("a", (message) => heard.push(`here ${message}`))
    await there.subscribe("a", (message) => heard.push(`there ${message}`))
    await there.subscribe("b", (message) => heard.push(`other ${message}`))
    await here.publish("a", "one 消息 \n🧪")
    await eventually(() => heard.length >= 2)
    await Bun.sleep(20)
    expect(heard.toSorted()).toEqual(["here one 消息 \n🧪", "there one 消息 \n🧪"])
  })

  test("messages arrive in the order they were sent", async () => {
    const heard: number[] = []
    await there.subscribe("order", (message) => heard.push(Number(message)))
    const sent = Array.from({ length: 500 }, (_, n) => n)
    await Promise.all(sent.map((n) => here.publish("order", `${n}`)))
    await eventually(() => heard.length === 500)
    expect(heard).toEqual(sent)
  })

  test("whoever unsubscribed hears nothing more, the others do", async () => {
    const heard: string[] = []
    const leave = await there.subscribe("leave", () => heard.push("first"))
    const leaveToo = await there.subscribe("leave", () => heard.push("second"))
    await leave()
    await leave()
    await here.publish("leave", "")
    await eventually(() => heard.length >= 1)
    expect(heard).toEqual(["second"])
    await leaveToo()
    await there.subscribe("leave", () => heard.push("third"))
    await here.publish("leave", "")
    await eventually(() => heard.length >= 2)
    expect(heard).toEqual(["second", "third"])
  })

  test("a listener that throws harms neither the sender nor the others", async () => {
    let heard = 0
    await here.subscribe("throw", () => {
      throw new Error("a bug")
    })
    await here.subscribe("throw", () => heard++)
    await here.publish("throw", "")
    await eventually(() => heard === 1)
  })

  test("a large message arrives whole", async () => {
    let length = 0
    await there.subscribe("large", (message) => {
      length = message.length
    })
    await here.publish("large", "字".repeat(500_000))
    await eventually(() => length === 500_000)
  })
}

describe("memory: bus", () => {
  contract(async () => {
    const bus = createMemoryBus(recordingLog())
    return [bus, bus]
  })
})

withRedis("bus", (env) => {
  contract(async () => {
    const prefix = randomPrefix()
    const node = async () => createRedisBus(await connectRedis(env), recordingLog(), prefix)
    return [await node(), await node()]
  })
})

withOwnRedis("bus", (start) => {
  test("a node goes on hearing itself, and both hear each other again afterwards", async () => {
    const server = await start()
    const log = recordingLog()
    const connections = [await connectRedis(server.env), await connectRedis(server.env)] as const
    const here = await createRedisBus(connections[0], log)
    const there = await createRedisBus(connections[1], recordingLog())
    const heard: string[] = []
    await here.subscribe("t", (message) => heard.push(`here ${message}`))
    await there.subscribe("t", (message) => heard.push(`there ${message}`))

    await server.kill()
    await here.publish("t", "alone")
    await there.subscribe("late", (message) => heard.push(`late ${message}`))
    expect(heard).toEqual(["here alone"])

    await server.restart()
    await eventually(async () => {
      await here.publish("t", "again")
      await here.publish("late", "again")
      return heard.includes("there again") && heard.includes("late again")
    }, 8_000)
    expect(log.lines.map((line) => line.message)).toEqual(["redis is away", "redis is back"])
    for (const bus of [here, there]) await bus.close()
    for (const connection of connections) connection.disconnect()
    await server.kill()
  }, 20_000)
})
