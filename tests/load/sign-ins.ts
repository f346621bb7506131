import { scriptedOpenAi, simulate } from "@nio/adapters/testing"
import { channelDefaults } from "@nio/server/contract"
import { startServer } from "../e2e/support/server.ts"
import { browserWith, signIn } from "../support/browser.ts"

/**
 * `bun tests/load/sign-ins.ts`: how many people sign in a second while answers stream, and how much
 * later the answers' chunks come by it.
 */
const streams = 20
const chunkMs = 50
const phaseMs = 5_000
const signInsAtOnce = 50
const rootPassword = "four random words here"

const upstream = await simulate(
  scriptedOpenAi({ chunks: Array.from({ length: 2_000 }, () => "word "), delayMs: chunkMs }),
)
await using server = await startServer({ ROOT_PASSWORD: rootPassword, TRUSTED_PROXIES: "1" })
const operator = await signIn(server.url, "root", rootPassword)
await operator.mutate("channel.create", {
  ...channelDefaults,
  name: "slow",
  enabled: true,
  provider: "openai",
  baseUrl: upstream.url,
  models: ["m"],
  secrets: ["sk-upstream"],
})
await operator.mutate("price.save", {
  rule: { type: "free", models: ["m"], input: 0, output: 0, anonymous: false },
})
const { key } = await operator.mutate("apiKey.create", { name: "load" })

/** Milliseconds between the chunks of all streams, since they were last asked for. */
let gaps: number[] = []
for (let at = 0; at < streams; at++) void stream()
await Bun.sleep(1_000)

report("streams alone", await gapsOf(() => Bun.sleep(phaseMs)))
let done = 0
let refused = 0
const during = await gapsOf(async () => {
  const until = performance.now() + phaseMs
  await Promise.all(
    Array.from({ length: signInsAtOnce }, async (_, person) => {
      while (performance.now() < until) await oneSignIn(person)
    }),
  )
})
report(`${signInsAtOnce} sign-ins at once`, during)
console.log(`${(done / (phaseMs / 1_000)).toFixed(1)} sign-ins a second, ${refused} refused`)
process.exit(0)

/** Somebody new each time, from a network of their own: only the hashing is in the way. */
async function oneSignIn(person: number) {
  const visitor = browserWith(server.url, "")
  const from = `10.${person}.${(done >> 8) & 255}.${done & 255}`
  const input = { name: `nobody ${person} ${done}`, password: "not the password" }
  const { status } = await visitor.post("session.signIn", input, { "x-forwarded-for": from })
  if (status === 401) done++
  else refused++
}

async function stream() {
  const answer = await fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content: "go" }] }),
  })
  let before = performance.now()
  for await (const _ of answer.body ?? []) {
    const now = performance.now()
    gaps.push(now - before)
    before = now
  }
}

async function gapsOf(phase: () => Promise<unknown>): Promise<number[]> {
  gaps = []
  await phase()
  return gaps.toSorted((a, b) => a - b)
}

function report(name: string, sorted: number[]) {
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
  console.log(
    `${name}: chunks every ${chunkMs} ms came after p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, at most ${at(0.9999)} ms`,
  )
}
