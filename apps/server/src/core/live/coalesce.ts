/**
 * Runs `task` one at a time. Calls made while it runs share a single further run, so each caller
 * gets the result of a run that began after the call.
 */
export function coalesce(task: () => Promise<void>): (() => Promise<void>) & {
  idle(): Promise<void>
} {
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined

  function run(): Promise<void> {
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined
        running = task()
        return running
      })
    return next
  }
  const idle = async () => {
    await (next ?? running).catch(() => {})
  }
  return Object.assign(run, { idle })
}
