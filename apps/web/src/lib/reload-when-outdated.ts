const key = "nio.reloaded-at"
/** A second reload so soon would not help either. */
const againAfterMs = 60_000

/**
 * After a new version was put in place, an open page asks for files that are gone. It then reloads
 * once; drafts are kept.
 */
export function reloadWhenOutdated() {
  addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0)
    if (Date.now() - last < againAfterMs || !navigator.onLine) return
    sessionStorage.setItem(key, `${Date.now()}`)
    event.preventDefault()
    location.reload()
  })
}
