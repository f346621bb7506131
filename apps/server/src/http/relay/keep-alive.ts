/** Proxies on the way cut connections that are silent for a minute. */
const silenceMsMax = 15_000
const tickMs = 5_000

/** A stream that can be reminded that nothing has been said for a while. */
export type Speaker = { spokeAt: number; remind(): void }

/** Reminds all streams of a process by one timer: one each would be thousands. */
export function createKeepAlive() {
  const speakers = new Set<Speaker>()
  const timer = setInterval(() => {
    const longAgo = performance.now() - silenceMsMax
    for (const speaker of speakers) if (speaker.spokeAt < longAgo) speaker.remind()
  }, tickMs)
  timer.unref()
  return {
    add: (speaker: Speaker) => void speakers.add(speaker),
    remove: (speaker: Speaker) => void speakers.delete(speaker),
  }
}
export type KeepAlive = ReturnType<typeof createKeepAlive>
