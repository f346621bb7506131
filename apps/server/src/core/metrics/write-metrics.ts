import { billing } from "@nio/db"
import { toPoints } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"
import { metricsOf } from "./metrics.ts"
import type { Gauge } from "./registry.ts"

/** What this node counted and how things are now, in Prometheus' text. `more` is what only the process knows. */
export async function writeMetrics(deps: Deps, more: readonly Gauge[]): Promise<string> {
  const holds = await billing.sumOpenHolds(deps.db)
  const gauges: Gauge[] = [
    ...stateOf(deps),
    {
      name: "nio_underway",
      help: "Answers under way on this node.",
      series: [{ value: deps.underway.size() }],
    },
    {
      name: "nio_holds",
      help: "Holds that are open, on all nodes.",
      series: [{ value: holds.count }],
    },
    {
      name: "nio_holds_points",
      help: "Points set aside in them.",
      series: [{ value: toPoints(holds.amount) }],
    },
    {
      name: "nio_live_revision",
      help: "Revision of the channels, prices and settings in use.",
      series: [{ value: deps.live.current().revision }],
    },
  ]
  return metricsOf(deps).registry.text([...gauges, ...more])
}

/** Who rests, and how many keys of each channel are in which state. */
function stateOf({ live, health, now }: Deps): Gauge[] {
  const at = now()
  const out = health.entries().filter(({ rest }) => rest.until > at || rest.probeUntil > at)
  const restingKeys = Map.groupBy(out, ({ channelId }) => channelId)
  const { channels } = live.current()
  return [
    {
      name: "nio_resting",
      help: "What of a channel rests, by reason: 1 for each.",
      series: out.map(({ channelId, keyId, model, rest }) => ({
        labels: { channel: channelId, key: keyId ?? "", model: model ?? "", reason: rest.reason },
        value: 1,
      })),
    },
    {
      name: "nio_keys",
      help: "Keys of a channel by state.",
      series: channels.flatMap(({ id, keys, awake }) => {
        const ids = new Set((restingKeys.get(id) ?? []).map(({ keyId }) => keyId))
        const resting = awake.filter((key) => ids.has(key.id)).length
        const states = {
          usable: awake.length - resting,
          resting,
          suspended: keys.length - awake.length,
        }
        return Object.entries(states).map(([state, value]) => ({
          labels: { channel: id, state },
          value,
        }))
      }),
    },
  ]
}
