import type { MessageView } from "@nio/server/contract"

export type PathEntry = {
  message: MessageView
  /** Every version beside it, itself included, oldest first. */
  siblings: readonly MessageView[]
}

const childrenOf = (messages: readonly MessageView[]) =>
  Map.groupBy(messages, ({ parentId }) => parentId)

/** From the first message to `leafId` and on, by the newest children, to an end. */
export function pathTo(messages: readonly MessageView[], leafId: string | null): PathEntry[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const children = childrenOf(messages)
  const path: MessageView[] = []
  // A leaf that is not there any more: the newest path stands in.
  let at = byId.get(leafId ?? "") ?? messages.at(-1)
  for (const seen = new Set<string>(); at && !seen.has(at.id); at = byId.get(at.parentId ?? "")) {
    seen.add(at.id)
    path.unshift(at)
  }
  const last = path.at(-1)
  if (last) path.push(...newestBelow(children, last.id))
  return path.map((message) => ({
    message,
    siblings: children.get(message.parentId) ?? [message],
  }))
}

function newestBelow(children: Map<string | null, MessageView[]>, id: string): MessageView[] {
  const path = new Set<MessageView>()
  let child = children.get(id)?.at(-1)
  while (child && !path.has(child)) {
    path.add(child)
    child = children.get(child.id)?.at(-1)
  }
  return [...path]
}

/** Where the path ends that goes through `id`. */
export const leafBelow = (messages: readonly MessageView[], id: string): string =>
  newestBelow(childrenOf(messages), id).at(-1)?.id ?? id
