import { type DatabaseOptions, openDatabase } from "@nio/db"
import { type ChannelCreate, channelDefaults, type Settings } from "@nio/server/contract"
import { failingFolder, special } from "./traffic.ts"

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
    await this.#offer(models, { baseUrl })
    const { items } = await this.#ask<{ items: { id: string; name: string }[] }>("user.list", {
      limit: 100,
    })
    const userId = items.find(({ name }) => name === "root")?.id
    const reason = { reason: "bench", requestId: crypto.randomUUID() }
    await this.call("user.addPoints", { userId, points: 10_000_000, ...reason })
    return (await this.call<{ key: string }>("apiKey.create", { name: "bench" })).key
  }

  /** The channels of models that are special to somebody. */
  async setUpSpecial(baseUrl: string): Promise<void> {
    const { translated, hedged, remembered, endless, endlessPaced } = special
    await this.#offer([remembered, endless, endlessPaced, hedged], { baseUrl })
    await this.#offer([hedged], { baseUrl: baseUrl + failingFolder, priority: 1 })
    await this.#offer([translated], { baseUrl, provider: "anthropic" })
  }

  async #offer(models: readonly string[], channel: Partial<ChannelCreate>): Promise<void> {
    await this.call("channel.create", {
      ...channelDefaults,
      name: "simulated",
      enabled: true,
      provider: "openai",
      models,
      secrets: ["sk-upstream"],
      ...channel,
    })
    await this.call("price.save", {
      rule: { type: "per-token", models, input: 1_000_000, output: 2_000_000, anonymous: false },
    })
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

/** The limit stays on, at its highest: one key then carries the whole load. */
const settings: Partial<Settings> = {
  "limits.requestsPerMinute": 1_000_000,
  "cache.models": [special.remembered],
}

/** Written into the database, as long as there is no page for settings. */
export async function writeSettings(options: DatabaseOptions): Promise<void> {
  const db = await openDatabase(options.engine === "sqlite" ? { ...options, guest: true } : options)
  for (const [key, value] of Object.entries(settings))
    await db.run("insert into settings (`key`, value, updated_at) values (?, ?, ?)", [
      key,
      JSON.stringify(value),
      Date.now(),
    ])
  await db.run("update revisions set value = value + 1", [])
  await db.close()
  await Bun.sleep(noticeMs)
}
