import type {
  ChatEvent,
  ChatRequest,
  Dialect,
  FinishReason,
  Upstream,
  Usage,
} from "../spec/index.ts"
import type { Failure, Verdict } from "./failure.ts"
import type { Json } from "./json.ts"

/** What a provider's folder says about its wire; everything about IO is in this folder. */
export type ChatProtocol = {
  /** Undefined when the frames are nobody's dialect. */
  dialect: Dialect | undefined
  buildRequest(request: ChatRequest, upstream: Upstream): WireRequest
  /** Tells the addresses of pictures it fetches itself. Left out: all of them. Others are fetched for it. */
  takesAddress?: (url: string) => boolean
  /** Words without which a frame need not be looked at. */
  markers: readonly Marker[]
  createGlance(): Glance
  createReader(): Reader
  /** The events of an answer that came as one document. */
  readDocument(document: Json): ChatEvent[]
  /** What a failure means, where its status does not say it. */
  judge(failure: Failure): Verdict
  /** For streams that are not server-sent events. */
  framing?: Framing
}

/** A way of cutting a stream into messages that is not server-sent events, and becomes them. */
export type Framing = {
  /** The content types it is used with. */
  type: RegExp
  begin(): {
    /** The frames that are whole now, as server-sent events. @throws UpstreamError when they are broken */
    take(bytes: Uint8Array): string
    /** What the end makes whole. */
    rest(): string
  }
}

export type WireRequest = {
  url: string
  headers: Record<string, string>
  body: string | FormData
}

/** `key`: the word is a JSON key, and only a value other than null makes it interesting. */
export type Marker = { bytes: Uint8Array; key: boolean }

export const keyMarker = (name: string): Marker => ({ bytes: Buffer.from(`"${name}"`), key: true })
export const wordMarker = (word: string): Marker => ({ bytes: Buffer.from(word), key: false })

/** What a frame tells at a glance. */
export type Look = {
  usage?: Usage
  finish?: FinishReason
  /** The upstream says that nothing follows. */
  ended?: boolean
  failure?: Failure
}

/** Looks at the frames that hold a marker, in order. May remember, never sees the other frames. */
export type Glance = (frame: Json, event: string) => Look

/** Reads every frame, in order, into events. `event` is the name it came under, where it had one. */
export type Reader = (frame: Json, events: ChatEvent[], event?: string) => void
