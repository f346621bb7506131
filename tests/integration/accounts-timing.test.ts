import { afterAll, beforeAll, expect, test } from "bun:test"
import { users } from "@nio/db"
import { setSettings } from "@nio/server/core/live/set-setting"
import { browserWith } from "../support/browser.ts"
import { createClock } from "../support/clock.ts"
import { eachDatabase } from "../support/databases.ts"
import { startServer, type TestServer } from "../support/relay.ts"
import { type SmtpSink, startSmtpSink } from "../support/smtp-sink.ts"

/** Enough for a median, taken in turn so that a busy machine is busy for all. */
const samples = 15
const patienceMs = 60_000

eachDatabase("B8: time tells nobody who has an account", (open) => {
  const clock = createClock(Date.now())
  let server: TestServer
  let sink: SmtpSink

  beforeAll(async () => {
    server = await startServer((await open()).db, { now: clock.now }, { trustedProxies: 1 })
    sink = await startSmtpSink()
    await setSettings(server.deps, server.admin, [
      { key: "mail.host", value: "127.0.0.1" },
      { key: "mail.port", value: sink.port },
      { key: "mail.security", value: "plain" },
      { key: "mail.from", value: "noreply@site.test" },
    ])
  })
  afterAll(async () => {
    await server.close()
    await sink.close()
  })

  /** Median milliseconds of a call for each of several inputs; every answer must be the same, letter by letter. */
  async function mediansOf(path: string, inputs: Record<string, object>) {
    const visitor = browserWith(server.url, "")
    const times = new Map<string, number[]>(Object.keys(inputs).map((name) => [name, []]))
    const answers = new Set<string>()
    for (let sample = 0; sample < samples; sample++) {
      clock.pass(24 * 3_600_000)
      for (const [name, input] of Object.entries(inputs)) {
        const startedAt = performance.now()
        const response = await visitor.post(path, input, { "x-forwarded-for": `10.9.${sample}.1` })
        answers.add(`${response.status} ${await response.text()}`)
        times.get(name)?.push(performance.now() - startedAt)
      }
    }
    expect(answers.size).toBe(1)
    const medians = [...times].map(
      ([name, all]) => [name, all.toSorted((a, b) => a - b)[samples >> 1] ?? 0] as const,
    )
    console.log(`${path}: ${medians.map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`).join(", ")}`)
    return medians.map(([, ms]) => ms)
  }

  const near = (medians: number[]) => {
    const [least, most] = [Math.min(...medians), Math.max(...medians)]
    expect(most - least).toBeLessThan(0.35 * most + 3)
  }

  test(
    "at the door: unknown, known, banned, and with a hash of the original",
    async () => {
      const { db } = server.deps
      const [known, banned, legacy] = [
        await server.addUser(0),
        await server.addUser(0),
        await server.addUser(0),
      ]
      await users.saveState(db, banned.actor.userId, "banned")
      await users.savePassword(db, legacy.actor.userId, `sha256:${"0".repeat(64)}`)
      const wrong = (name: string) => ({ name, password: "not the password" })
      near(
        await mediansOf("session.signIn", {
          unknown: wrong("nobody at all"),
          known: wrong(known.actor.name),
          banned: { name: banned.actor.name, password: "correct horse battery" },
          legacy: wrong(legacy.actor.name),
        }),
      )
    },
    patienceMs,
  )

  test(
    "when a code for a new password is asked for, and when one is guessed",
    async () => {
      const { actor } = await server.addUser(0)
      await users.saveEmail(server.deps.db, actor.userId, "known@people.test")
      const order = (email: string) => ({ email, language: "en" })
      const both = { known: "known@people.test", unknown: "nobody@people.test" }
      near(
        await mediansOf("session.resetCode", {
          known: order(both.known),
          unknown: order(both.unknown),
        }),
      )
      const guess = (email: string) => ({
        ...{ email, code: "000000", password: "four random words" },
        revokeKeys: false,
      })
      near(
        await mediansOf("session.resetPassword", {
          known: guess(both.known),
          unknown: guess(both.unknown),
        }),
      )
    },
    patienceMs,
  )
})
