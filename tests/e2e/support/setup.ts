import { channelDefaults } from "@nio/server/contract"
import { type Browser, signIn } from "../../support/browser.ts"
import { type ScriptedModel, scripts } from "./scripts.ts"

export const rootPassword = "four random words here"
const perToken = { input: 2_000_000, output: 8_000_000 }

/** What an operator sets up by hand, over the same API as by the web: a channel, prices, points. */
export async function setUp(url: string, upstreamUrl: string, points: number): Promise<Browser> {
  const operator = await signIn(url, "root", rootPassword)
  const models = Object.keys(scripts) as ScriptedModel[]
  await operator.mutate("channel.create", {
    ...channelDefaults,
    name: "scripted",
    enabled: true,
    provider: "deepseek",
    baseUrl: upstreamUrl,
    models,
    secrets: ["sk-scripted"],
  })
  const [free, ...priced] = models.toReversed()
  await operator.mutate("price.save", {
    rule: { type: "per-token", models: priced, ...perToken, anonymous: false },
  })
  await operator.mutate("price.save", {
    rule: { type: "free", models: [free], input: 0, output: 0, anonymous: false },
  })
  if (points > 0) {
    const { items } = await operator.query("user.list", { limit: 10 })
    const userId = items.find(({ name }: { name: string }) => name === "root").id
    const reason = { reason: "to start with", requestId: crypto.randomUUID() }
    await operator.mutate("user.addPoints", { userId, points, ...reason })
  }
  return operator
}

/** The operator's cookie, for a browser that need not sign in by hand. */
export const cookieOf = ({ cookie }: Browser, url: string) => {
  const [name = "", value = ""] = cookie.split("=")
  return { name, value, url }
}
