import {
  type SiteStatementEntry,
  type StatementAnswer,
  type StatementCause,
  type StatementEntry,
  statementCauses,
} from "../../contract/index.ts"
import { explainCharge } from "../billing/explain-charge.ts"
import type { Movement } from "./movement.ts"

/** A movement as the one it happened to may see it: without the channel. */
export function entryOf({ id, at, transfer, usage }: Movement): StatementEntry {
  const credit = transfer?.fromId.startsWith("site:") ?? false
  const amount = transfer?.amount ?? usage?.line.charge ?? 0
  return {
    id,
    at,
    kind: usage ? "answer" : credit ? "credit" : "debit",
    cause: usage ? "answer" : causeOf(transfer?.reference ?? ""),
    points: credit ? amount : -amount || 0,
    reason: transfer?.reason ?? "",
    answer: usage ? answerOf(usage) : null,
  }
}

/** With what is the operator's to know. */
export function siteEntryOf(
  movement: Movement,
  names: ReadonlyMap<string, string>,
): SiteStatementEntry {
  const id = userOf(movement)
  const { usage } = movement
  const cost = usage?.line.cost ?? 0
  return {
    ...entryOf(movement),
    user: { id, name: names.get(id) ?? "" },
    channel: usage?.channelName ?? usage?.line.channelId ?? null,
    cost,
    margin: usage ? usage.line.charge - cost : 0,
  }
}

/** Whose movement it is: the end of it that is not the site. */
export function userOf({ transfer, usage }: Movement): string {
  if (usage) return usage.line.userId
  return (transfer?.fromId.startsWith("site:") ? transfer.toId : transfer?.fromId) ?? ""
}

function answerOf({ line, keyName }: NonNullable<Movement["usage"]>): StatementAnswer {
  const formula = explainCharge({ ...line, usageFrom: line.usageFrom as CountedBy })
  return {
    model: line.model,
    key: line.keyId === null ? null : { id: line.keyId, name: keyName ?? "" },
    source: line.source,
    outcome: line.outcome,
    usageFrom: line.usageFrom,
    inputTokens: line.inputTokens,
    cachedTokens: line.cachedTokens,
    cacheWriteTokens: line.cacheWriteTokens,
    outputTokens: line.outputTokens,
    reasoningTokens: line.reasoningTokens,
    audioTokens: line.audioTokens,
    images: line.images,
    seconds: line.mediaMs / 1_000,
    formula: formula ?? null,
    writtenOff: line.writtenOff,
    planItem: line.planItem,
  }
}

/** Written by us alone, in these words. */
type CountedBy = Parameters<typeof explainCharge>[0]["usageFrom"]

function causeOf(reference: string): StatementCause {
  const word = reference.slice(0, reference.indexOf(":"))
  if (word === "hold") return "answer"
  return statementCauses.find((cause) => cause === word) ?? "other"
}
