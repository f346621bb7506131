/** Rows that one hour of one model is spread over, so that nodes do not wait for each other. */
const shards = 16

/** The share of a node: the same for all it writes. */
export function shardOf(nodeId: string): number {
  let sum = 0
  for (const letter of nodeId) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % shards
  return sum
}
