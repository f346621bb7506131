/** Waits until `isTrue`, which may fail meanwhile. @throws after `withinMs` */
export async function eventually(
  isTrue: () => boolean | Promise<boolean>,
  withinMs = 3_000,
): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${isTrue}`)
    await Bun.sleep(10)
  }
}
