import { channelDefaults } from "../../contract/index.ts"
import type { LiveChannel } from "../live/live.ts"

/** A channel that serves `m`, for tests of what is decided about channels. */
export function liveChannel(
  id: string,
  own: Partial<LiveChannel> = {},
  secrets = [`${id}1`],
): LiveChannel {
  const keys = secrets.map((secret) => ({ id: `id-${secret}`, secret }))
  return {
    ...channelDefaults,
    id,
    name: id,
    provider: "openai",
    baseUrl: "http://upstream.test",
    models: ["m"],
    keys,
    awake: keys,
    headers: {},
    serves: new Map([["m", "m"]]),
    ...own,
  }
}
