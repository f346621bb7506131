import { z } from "zod"
import type { MessageView } from "../../contract/index.ts"
import type { Deps } from "../deps.ts"

/** What nodes say to each other about runs. All of it may get lost: see `remote-runs.ts`. */
const note = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("started"),
    nodeId: z.string(),
    conversationId: z.string(),
    runId: z.string(),
  }),
  /** Somebody elsewhere looks on. `have` is the last frame they have, when they lack some. */
  z.object({ type: z.literal("watch"), runId: z.string(), have: z.number().optional() }),
  z.object({ type: z.literal("stop"), runId: z.string() }),
])
export type ChatNote = z.infer<typeof note>

/** What the owner of a run tells those who watch it from elsewhere. */
export type RunNote =
  | { type: "delta"; seq: number; text?: string; reasoning?: string }
  | { type: "snapshot"; seq: number; text: string; reasoning: string }
  | { type: "done"; message: MessageView }

const topic = "chat"
const topicOf = (runId: string) => `run:${runId}`

export const tellNodes = (deps: Deps, message: ChatNote): void =>
  publish(deps, topic, JSON.stringify(message))

export const tellWatchers = (deps: Deps, runId: string, message: RunNote): void =>
  publish(deps, topicOf(runId), JSON.stringify(message))

export function onNote(deps: Deps, listener: (message: ChatNote) => void): void {
  deps.bus
    .subscribe(topic, (text) => {
      const { data } = note.safeParse(JSON.parse(text))
      if (data) listener(data)
    })
    .catch((cause) => deps.log.warn("other nodes are heard late", { cause }))
}

/** The owner is a node of ours, so its words are taken as they are. */
export const onRunNote = (
  deps: Deps,
  runId: string,
  listener: (message: RunNote) => void,
): Promise<() => Promise<void>> =>
  deps.bus.subscribe(topicOf(runId), (text) => listener(JSON.parse(text) as RunNote))

function publish(deps: Deps, to: string, text: string): void {
  deps.bus.publish(to, text).catch((cause) => deps.log.debug("bus failed", { cause }))
}
