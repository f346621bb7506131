import type { ProxyLogin } from "../../contract/index.ts"
import type { LiveChannel } from "../live/live.ts"

/** How a channel's upstream is reached. */
export type Outbound = {
  proxy?: OutboundProxy
  /** How long a connection may take to be made. */
  connectMs: number
}

export type OutboundProxy = NonNullable<LiveChannel["proxy"]> & { login?: ProxyLogin }

export const outboundOf = ({
  proxy,
  proxyLogin,
  connectSeconds,
}: Pick<LiveChannel, "proxy" | "proxyLogin" | "connectSeconds">): Outbound => ({
  connectMs: connectSeconds * 1_000,
  ...(proxy && { proxy: { ...proxy, ...(proxyLogin && { login: proxyLogin }) } }),
})
