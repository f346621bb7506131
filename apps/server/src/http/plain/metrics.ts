import { timingSafeEqual } from "node:crypto"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { Elysia } from "elysia"
import type { Deps } from "../../core/deps.ts"
import type { Gauge } from "../../core/metrics/registry.ts"
import { writeMetrics } from "../../core/metrics/write-metrics.ts"

const contentType = "text/plain; version=0.0.4; charset=utf-8"
const lagResolutionMs = 20
const nanoseconds = 1e9

/** `/metrics`, for whoever has the token; without one it is there for this machine alone. */
export function metrics(deps: Deps, token: string | undefined) {
  const lag = monitorEventLoopDelay({ resolution: lagResolutionMs })
  lag.enable()
  return new Elysia({ name: "metrics" }).get("/metrics", async ({ request, server }) => {
    const peer = server?.requestIP(request)?.address
    if (!mayRead(request.headers, peer, token)) return new Response("Not found", { status: 404 })
    const text = await writeMetrics(deps, processGauges(lag))
    lag.reset()
    return new Response(text, { headers: { "content-type": contentType } })
  })
}

/** What came through a proxy comes from elsewhere, however near the proxy is. */
function mayRead(headers: Headers, peer: string | undefined, token: string | undefined): boolean {
  if (token) return isSame(headers.get("authorization") ?? "", `Bearer ${token}`)
  const forwarded = ["x-forwarded-for", "forwarded", "x-real-ip"].some((name) => headers.has(name))
  return !forwarded && /^(?:127\.|::1$|::ffff:127\.)/.test(peer ?? "")
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const processGauges = (lag: ReturnType<typeof monitorEventLoopDelay>): Gauge[] => [
  {
    name: "nio_event_loop_lag_seconds",
    help: "How late timers were since this was last asked.",
    series: [
      { labels: { quantile: "0.5" }, value: lag.percentile(50) / nanoseconds },
      { labels: { quantile: "0.99" }, value: lag.percentile(99) / nanoseconds },
      { labels: { quantile: "1" }, value: lag.max / nanoseconds },
    ],
  },
  {
    name: "nio_memory_bytes",
    help: "Memory of this process.",
    series: [{ value: process.memoryUsage.rss() }],
  },
  {
    name: "nio_uptime_seconds",
    help: "How long this process has been running.",
    series: [{ value: process.uptime() }],
  },
]
