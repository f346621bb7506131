/** So many at a time: an upstream that takes one text a request is not to be flooded. */
const atOnce = 8

/** The results in the order of the items. The first failure ends it. */
export async function each<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let from = 0; from < items.length; from += atOnce)
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))))
  return results
}
