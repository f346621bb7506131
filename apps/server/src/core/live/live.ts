import type {
  ChannelConfig,
  Plan,
  PlanItem,
  PriceRule,
  ProxyLogin,
  Settings,
} from "../../contract/index.ts"

/** One of a channel's secrets. `id` names it where it may not be shown. */
export type LiveKey = { id: string; secret: string }

/** A channel ready to be used: parsed, with its mapping worked out. */
export type LiveChannel = ChannelConfig & {
  id: string
  name: string
  keys: readonly LiveKey[]
  /** The keys that are not suspended, until somebody acts. */
  awake: readonly LiveKey[]
  /** Put over ours. Lower-case names. */
  headers: Readonly<Record<string, string>>
  proxyLogin?: ProxyLogin
  /** Offered name → the upstream's own name. Frozen with the view. */
  serves: ReadonlyMap<string, string>
}

/** The price of one model. Amounts as in the contract's `PriceRule`. */
export type Price = Pick<PriceRule, "type" | "input" | "output" | "anonymous" | "details">

/** A plan, and which of its items pays for a model: the first that lists it. */
export type LivePlan = Plan & { readonly pays: ReadonlyMap<string, PlanItem> }

/** Everything an administrator can edit, as one immutable value at one revision. */
export type Live = {
  readonly revision: number
  /** Enabled and usable ones only. */
  readonly channels: readonly LiveChannel[]
  /** Offered model → the channels that serve it, highest priority first. */
  readonly byModel: ReadonlyMap<string, readonly LiveChannel[]>
  /** First rule by position wins. */
  readonly prices: ReadonlyMap<string, Price>
  /** By level, those that are configured, lowest first. */
  readonly plans: ReadonlyMap<number, LivePlan>
  readonly settings: Settings
}

export type LiveHolder = {
  /** The view to use for one request, from beginning to end. */
  current(): Live
  /** Reads the view anew, whether or not the revision moved. Called after a write on this node. */
  reload(): Promise<void>
}
