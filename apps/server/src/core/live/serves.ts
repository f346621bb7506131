import type { ChannelConfig } from "../../contract/index.ts"

/**
 * What a channel offers, and the upstream's own name for each: its models and the sources of its
 * mapping, without what a `!` line hides. One step, never chained; of two lines for one name the
 * later wins.
 */
export function servesOf({
  models,
  mapping,
}: Pick<ChannelConfig, "models" | "mapping">): ReadonlyMap<string, string> {
  const serves = new Map(models.map((model) => [model, model]))
  const hidden: string[] = []
  for (const line of mapping) {
    const [source = "", target = ""] = line.replace(/^!/, "").split(">")
    serves.set(source, target)
    if (line.startsWith("!")) hidden.push(target)
  }
  for (const model of hidden) serves.delete(model)
  return serves
}
