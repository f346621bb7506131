/**
 * The first rule that lists a model wins. Which of these models an earlier rule already has, and
 * the number of that rule, counted from 1.
 */
export function takenBy(
  earlier: readonly { models: readonly string[] }[],
  models: readonly string[],
): ReadonlyMap<string, number> {
  const taken = new Map<string, number>()
  for (const model of models) {
    const at = earlier.findIndex((rule) => rule.models.includes(model))
    if (at >= 0) taken.set(model, at + 1)
  }
  return taken
}
