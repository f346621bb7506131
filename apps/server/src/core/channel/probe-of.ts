import type { Provider, TaskKind, TaskRequest } from "@nio/adapters"

type Probe = { names: RegExp; kind: TaskKind; fields: Record<string, unknown> }

/** The smallest thing to ask a model that does not chat, told by the names such models have. */
const probes: readonly Probe[] = [
  { names: /rerank/i, kind: "rerank", fields: { query: "hi", documents: ["hi"] } },
  { names: /embed|^bge-|\/bge-|^gte-|\/gte-/i, kind: "embeddings", fields: { input: "hi" } },
  { names: /moderation/i, kind: "moderation", fields: { input: "hi" } },
]

/** Undefined for a model that chats, and for work that would cost as much as a real request. */
export function probeOf({ tasks }: Provider, model: string): TaskRequest | undefined {
  const probe = probes.find(({ names, kind }) => names.test(model) && tasks?.[kind])
  if (!probe) return undefined
  const fields = { model, ...probe.fields }
  return { kind: probe.kind, model, body: { type: "json", text: JSON.stringify(fields), fields } }
}
