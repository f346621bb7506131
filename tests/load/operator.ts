import { type DatabaseOptions, openDatabase } from "@nio/db"
import { channelDefaults } from "@nio/server/contract"

export const rootPassword = "a long password for a short life"

/** What an operator does by hand after a first start, done over the same API as by the web. */
export class Operator {
  readonly #base: string
  #cookie = ""

  constructor(port: number) {
    this.#base = `http://127.0.0.1:${port}`
  }

  async signIn(): Promise<void> {
    await this.call("session.signIn", { name: "root", password: rootPassword })
  }

  /** One channel, one price, plenty of points. @returns an API key. */
  async setUp(baseUrl: string, models: readonly string[]): Promise<string> {
    await this.signIn()
    await this.call("channel.create", {
      ...channelDefaults,
      name: "simulated",
      enabled: true,
      provider: "openai",
      baseUrl,
      models,
      secrets: ["sk-upstream"],
    })
    await this.call("price.save", {
      rule: { type: "per-token", models, input: 1_000_000, output: 2_000_000, anonymous: false },
    })
    const { items } = await this.#ask<{ items: { id: string; name: string }[] }>("user.list", {
      limit: 100,
    })
    const userId = items.find(({ name }) => name === "root")?.id
    const reason = { reason: "bench", requestId: crypto.randomUUID() }
    await this.call("user.addPoints", { userId, points: 10_000_000, ...reason })
    return (await this.call<{ key: string }>("apiKey.create", { name: "bench" })).key
  }

  /** What opens one chat socket, once. */
  async ticket(): Promise<string> {
    return (await this.call<{ ticket: string }>("chat.ticket")).ticket
  }

  async call<T>(procedure: string, input?: object): Promise<T> {
    const response = await fetch(`${this.#base}/trpc/${procedure}`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: this.#cookie },
      body: JSON.stringify(input ?? {}),
    })
    const [cookie] = response.headers.getSetCookie()
    if (cookie) this.#cookie = cookie.split(";")[0] ?? ""
    return this.#read(procedure, response)
  }

  async #ask<T>(procedure: string, input: object): Promise<T> {
    const query = encodeURIComponent(JSON.stringify(input))
    const response = await fetch(`${this.#base}/trpc/${procedure}?input=${query}`, {
      headers: { cookie: this.#cookie },
    })
    return this.#read(procedure, response)
  }

  async #read<T>(procedure: string, response: Response): Promise<T> {
    const text = await response.text()
    if (!response.ok) throw new Error(`${procedure} answered ${response.status}: ${text}`)
    return JSON.parse(text).result.data
  }
}

/** The longest a server may take to notice. */
const noticeMs = 4_000

/**
 * The limit stays on, at its highest: one key then carries the whole load. Written into the
 * database, as long as there is no page for settings.
 */
export async function liftRateLimit(options: DatabaseOptions): Promise<void> {
  const db = await openDatabase(options.engine === "sqlite" ? { ...options, guest: true } : options)
  await db.run("insert into settings (`key`, value, updated_at) values (?, ?, ?)", [
    "limits.requestsPerMinute",
    "1000000",
    Date.now(),
  ])
  await db.run("update revisions set value = value + 1", [])
  await db.close()
  await Bun.sleep(noticeMs)
}
